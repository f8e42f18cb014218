announcement-withdrawn = This announcement has been withdrawn.

trouble = Sorry, something went wrong and I could not answer. Please ask again later. (No. { $id })
too-fast = That is more than I can keep up with. Please wait { $seconds } seconds and ask again; until then I do not answer.

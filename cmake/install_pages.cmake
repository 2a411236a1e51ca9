# Writes manual pages and shell completions of the program HONE_PROGRAM below the install prefix.
set(share $ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/share)

function(write_output FILE)
  execute_process(COMMAND ${HONE_PROGRAM} ${ARGN} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  file(WRITE ${share}/${FILE} "${text}")
endfunction()

write_output(bash-completion/completions/hone completion bash)
write_output(zsh/vendor-completions/_hone completion zsh)
write_output(fish/vendor_completions.d/hone.fish completion fish)
write_output(man/man1/hone.1 man)
# The words that may follow `hone man`, behind the line that is for the shell.
execute_process(COMMAND ${HONE_PROGRAM} completion bash -- man "" OUTPUT_VARIABLE verbs COMMAND_ERROR_IS_FATAL ANY)
string(STRIP "${verbs}" verbs)
string(REPLACE "\n" ";" verbs "${verbs}")
list(POP_FRONT verbs)
foreach(verb IN LISTS verbs)
  write_output(man/man1/hone-${verb}.1 man ${verb})
endforeach()

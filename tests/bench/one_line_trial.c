/* The smallest trial there is: one report line on descriptor 3, nothing else. Linked statically it shows what an
 * external trial costs beyond its own work: cc -O2 -static -o one_line_trial one_line_trial.c */
#include <unistd.h>

int main(void) {
  static const char line[] = "{\"step\":1,\"loss\":0.5}\n";
  return write(3, line, sizeof line - 1) == (ssize_t)(sizeof line - 1) ? 0 : 1;
}

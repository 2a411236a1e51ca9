// A program as trainer, with report lines on descriptor 3 (trainers need no library for them):
//   c++ -O2 -o rosenbrock rosenbrock.cpp
//   hone run --minimize loss --trials 20 -- ./rosenbrock '{x: -2.0..2}' '{y: -1.0..3}'
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

int main(int count, char** words) {
  if (count != 3) return 64;  // a wrong call: hone ends the study and says so
  const double x = std::atof(words[1]);
  const double y = std::atof(words[2]);
  const double loss = (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
  dprintf(3, "{\"final\":true,\"loss\":%.17g}\n", loss);
}

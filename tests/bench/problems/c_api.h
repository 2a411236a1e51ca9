#ifndef HONE_TESTS_BENCH_PROBLEMS_C_API_H
#define HONE_TESTS_BENCH_PROBLEMS_C_API_H

#ifdef __cplusplus
extern "C" {
#endif

/// The problems for other languages (Python's ctypes): texts are JSON in UTF-8. A returned text lives until the next
/// call with the same problem; a failed call returns null (or −1) and hone_problem_error() says why. One thread.
typedef struct hone_problem hone_problem;

/// By a name of open_problem, or `curves:<file>`. `data` null = the default folder.
hone_problem* hone_problem_open(const char* name, const char* data);
void hone_problem_close(hone_problem* problem);
const char* hone_problem_error(void);

/// {"name","goals":["minimize"],"optimum","scale","parameters":[{"name","type","low","high","log","choices","when"}]}.
const char* hone_problem_describe(hone_problem* problem);
/// Values told to an optimiser, [goals]; `seed` and `trial` key the noise. Returns 0 or −1.
int hone_problem_observe(hone_problem* problem, const char* params, unsigned long long seed, long long trial,
                         double* values);
/// True values, [goals]. Returns 0 or −1.
int hone_problem_evaluate(hone_problem* problem, const char* params, double* values);

/// Normalised regret of a value.
double hone_problem_regret(hone_problem* problem, double value);
/// Share of the finite space that is strictly better, −1 where it is not finite.
double hone_problem_share_better(hone_problem* problem, double value);
/// Share of the true front's hypervolume that `n` points [n, 2] dominate.
double hone_problem_hypervolume_share(hone_problem* problem, const double* points, int n);

/// Takes the nearest unused row of a curve problem: writes its 51 losses and returns its number, −1 when none is left.
int hone_problem_take_curve(hone_problem* problem, const char* params, double* losses);
/// Score of the lowest loss seen (curve_score).
double hone_problem_curve_score(hone_problem* problem, double lowest_loss);

#ifdef __cplusplus
}
#endif

#endif

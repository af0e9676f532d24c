/* dist.h - distributions: quantiles and tails (GSL)
 */
#ifndef ATTUNE_MATH_DIST_H
#define ATTUNE_MATH_DIST_H

/* Switches off GSL's default handler, which aborts, and pins BLAS to one thread. Called
 * once by cli/main and by tests. */
void att_math_start(void);

/* Quantile at p in (0, 1); NaN for parameters out of range. df > 0. */
double att_dist_normal_quantile(double p);
double att_dist_t_quantile(double p, double df);
double att_dist_f_quantile(double p, double df1, double df2);

/* Wilson's interval of a proportion k / n at `level` in (0, 1). */
void att_dist_wilson(double k, double n, double level, double *low, double *high);

/* Version of the GSL library in use: "2.7.1". */
const char *att_math_gsl_version(void);

#endif

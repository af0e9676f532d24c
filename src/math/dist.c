#include <attune/math/dist.h>

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_version.h>

#include "linalg.h"

#define DF_MANY   1.1e6
#define STEPS_MAX 200
#define LN_MOST   700.0 /* exp() of it is still a number */

void att_math_start(void)
{
    (void)gsl_set_error_handler_off();
    att_linalg_start();
}

const char *att_math_gsl_version(void)
{
    return gsl_version;
}

static bool is_share(double p)
{
    return p > 0.0 && p < 1.0;
}

double att_dist_normal_quantile(double p)
{
    return is_share(p) ? gsl_cdf_ugaussian_Pinv(p) : NAN;
}

double att_dist_t_quantile(double p, double df)
{
    if (!is_share(p) || !(df > 0.0)) {
        return NAN;
    }
    if (isinf(df)) {
        return att_dist_normal_quantile(p);
    }
    return gsl_cdf_tdist_Pinv(p, df);
}

/* How far P(F <= exp(y)) lies above p, by the tail that is the smaller one. */
static double f_excess(double y, double p, double df1, double df2)
{
    return p < 0.5 ? gsl_cdf_fdist_P(exp(y), df1, df2) - p
                   : (1.0 - p) - gsl_cdf_fdist_Q(exp(y), df1, df2);
}

/* Abramowitz & Stegun (1964), 26.5.22 with x = df2 / (df2 + df1 F): good to 1e-10 here,
 * where GSL's continued fraction is no longer. */
static double f_quantile_of_many(double p, double df1, double df2)
{
    double z = gsl_cdf_ugaussian_Pinv(p);
    double lambda = (z * z - 3.0) / 6.0;
    double one = 1.0 / (df1 - 1.0);
    double two = 1.0 / (df2 - 1.0);
    double h = 2.0 / (one + two);
    double w =
        z * sqrt(h + lambda) / h - (one - two) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));

    return exp(2.0 * w);
}

/* Newton's steps for y = ln F within a bracket that halves whenever a step would leave
 * it. GSL's own inverse is not used: it does not return where degrees of freedom are
 * large (30 items and a million rows). */
double att_dist_f_quantile(double p, double df1, double df2)
{
    double low = -1.0;
    double high = 1.0;
    double y = 0.0;

    if (!is_share(p) || !(df1 > 0.0) || !(df2 > 0.0) || isinf(df1) || isinf(df2)) {
        return NAN;
    }
    if (df1 > DF_MANY && df2 > DF_MANY) {
        return f_quantile_of_many(p, df1, df2);
    }
    while (low > -LN_MOST && f_excess(low, p, df1, df2) > 0.0) {
        low *= 2.0;
    }
    while (high < LN_MOST && f_excess(high, p, df1, df2) < 0.0) {
        high *= 2.0;
    }
    for (int i = 0; i < STEPS_MAX; i++) {
        double excess = f_excess(y, p, df1, df2);
        double next = y - excess / (gsl_ran_fdist_pdf(exp(y), df1, df2) * exp(y));

        if (excess > 0.0) {
            high = y;
        } else {
            low = y;
        }
        if (!(next > low && next < high)) {
            next = low + (high - low) / 2.0;
        }
        if (fabs(next - y) <= DBL_EPSILON * fmax(1.0, fabs(y))) {
            return exp(next);
        }
        y = next;
    }
    return exp(y);
}

/* Wilson (1927): the proportions that a score test at `level` would not refuse. */
void att_dist_wilson(double k, double n, double level, double *low, double *high)
{
    double z = att_dist_normal_quantile(0.5 + level / 2.0);
    double p = k / n;
    double centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    double half =
        z / (1.0 + z * z / n) * sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));

    if (!(n > 0.0) || !(k >= 0.0) || k > n) {
        *low = NAN;
        *high = NAN;
        return;
    }
    *low = k == 0.0 ? 0.0 : centre - half;
    *high = k == n ? 1.0 : centre + half;
}

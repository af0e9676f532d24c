#include <attune/math/dist.h>

#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_version.h>

#include "linalg.h"

#define POLISH_MAX 20

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

/* Newton's steps on the tail that is the smaller one, since GSL's inverse of the beta
 * distribution stops early, or fails, where both degrees of freedom are large. */
static double polish(double x, double p, double df1, double df2)
{
    for (int i = 0; i < POLISH_MAX; i++) {
        double density = gsl_ran_fdist_pdf(x, df1, df2);
        double off = p < 0.5 ? gsl_cdf_fdist_P(x, df1, df2) - p
                             : (1.0 - p) - gsl_cdf_fdist_Q(x, df1, df2);
        double next = x - off / density;

        if (!isfinite(next) || next <= 0.0) {
            next = off > 0.0 ? x / 2.0 : x * 2.0;
        }
        if (fabs(next - x) <= 4e-16 * x) {
            return next;
        }
        x = next;
    }
    return x;
}

double att_dist_f_quantile(double p, double df1, double df2)
{
    double x;

    if (!is_share(p) || !(df1 > 0.0) || !(df2 > 0.0) || isinf(df1) || isinf(df2)) {
        return NAN;
    }
    x = p < 0.5 ? gsl_cdf_fdist_Pinv(p, df1, df2)
                : gsl_cdf_fdist_Qinv(1.0 - p, df1, df2);
    return polish(isfinite(x) && x > 0.0 ? x : 1.0, p, df1, df2);
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

/* reporting.h - the report of an instrument, from a study: for report and demo
 */
#ifndef ATTUNE_CLI_REPORTING_H
#define ATTUNE_CLI_REPORTING_H

#include <attune/report/report.h>
#include <attune/store/study.h>

#include "command.h"

/* NULL with *err. */
att_doc *att_reporting_doc(att_call *call, att_store *store, const char *instrument,
                           att_audience audience, att_err *err);

#endif

/* dialect_xlsform.c - XLSForm as a dialect
 */
#include "dialect_xlsform.h"

#include "dialects.h"

const char *const att_xls_sheet_names[ATT_N_XLS_SHEETS] = { "survey", "choices",
                                                            "settings" };

const att_dialect att_dialect_xlsform = {
    .name = "xlsform",
    .about = "XLSForm (ODK, KoboToolbox): CSV, or Markdown tables in a file .md",
    .suffix = "csv",
    .read = att_xls_read,
    .write = att_xls_write_csv,
    .second = { "md", att_xls_write_markdown },
};

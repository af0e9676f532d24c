/* study.h - the study file itself: make, open, settings
 *
 * A study is one SQLite file: instruments in all their versions, people, responses with
 * their journal, scores, outbox. Every write is one transaction that is on disk when
 * the call returns (DELETE journal, EXTRA sync).
 */
#ifndef ATTUNE_STORE_STUDY_H
#define ATTUNE_STORE_STUDY_H

#include <stdbool.h>

#include <attune/base/arena.h>
#include <attune/base/error.h>
#include <attune/base/stamp.h>
#include <attune/instrument/sheet.h>

typedef struct att_store att_store;

#define ATT_STUDY_APPLICATION_ID 0x41545455 /* "ATTU" */

typedef enum att_open_mode { ATT_OPEN_WRITE = 0, ATT_OPEN_READ } att_open_mode;

/* Makes a new study file, mode 0600. EUSAGE when the path exists; EIO when it cannot be
 * written. */
att_store *att_store_make(const char *path, att_msec now, att_err *err);

/* Opens a study: checks application_id, migrates an older one (after a backup beside
 * it), refuses a newer one with the version that wrote it. ENOTFOUND, EINPUT (no study),
 * EBUSY (another program holds it, 5 s), EIO (read-only, disk). */
att_store *att_store_open(const char *path, att_open_mode mode, att_err *err);

void att_store_close(att_store *store);
const char *att_store_path(const att_store *store);

/* What `doctor` prints. */
typedef struct att_store_facts {
    char sqlite[16];      /* library version */
    char journal[16];     /* "delete" */
    char synchronous[16]; /* "extra" */
    int user_version;     /* schema step of the file */
    long long n_entries, n_responses, n_finished, n_open, n_instruments, n_people;
    char made_by[32];    /* program version that made it */
    char written_by[32]; /* that wrote it last */
} att_store_facts;
att_code att_store_facts_of(att_store *store, att_store_facts *out, att_err *err);

/* Settings: a name and a JSON text ("\"the network\"", "[\"North\",\"South\"]"). set
 * with NULL takes it away. */
att_code att_settings_set(att_store *store, const char *name, const char *json,
                          att_err *err);
/* NULL when it is not set (no error). */
const char *att_settings_get(att_arena *arena, att_store *store, const char *name,
                             att_err *err);

/* Those that instruments may use (texts and lists of texts), for att_context. */
att_code att_settings_read(att_arena *arena, att_store *store, att_setting **out,
                           size_t *n, att_err *err);

/* A consistent copy of the whole file at path (must not exist). */
att_code att_store_backup(att_store *store, const char *path, att_err *err);

/* Version of the SQLite library in use. */
const char *att_store_sqlite_version(void);

#endif

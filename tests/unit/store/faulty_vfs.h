/* faulty_vfs.h - a disk that fails at the n-th change
 *
 * What:  a layer over SQLite's own file layer that counts writes, syncs, truncations and
 *        deletions, and fails the n-th, or that and all after it (a disk that stays
 *        full).
 * Use:   faulty_install once; faulty_set before each run; faulty_set(0, ...) heals.
 */
#ifndef ATTUNE_TESTS_STORE_FAULTY_VFS_H
#define ATTUNE_TESTS_STORE_FAULTY_VFS_H

#include <string.h>

#include <sqlite3.h>

typedef struct faulty_plan {
    int at;      /* fail the change of this number, from 1; 0: none */
    int stays;   /* and all after it */
    int is_full; /* as a full disk, else as one that breaks */
    int n;       /* changes so far */
    int n_failed;
} faulty_plan;

static faulty_plan faulty;

typedef struct faulty_file {
    sqlite3_file base;
    sqlite3_file *real; /* lies behind this in the same block */
} faulty_file;

static int faulty_now(void)
{
    faulty.n++;
    if (faulty.at > 0 &&
        (faulty.n == faulty.at || (faulty.stays && faulty.n > faulty.at))) {
        faulty.n_failed++;
        return 1;
    }
    return 0;
}

static sqlite3_file *faulty_real(sqlite3_file *file)
{
    return ((faulty_file *)(void *)file)->real;
}

static int faulty_close(sqlite3_file *file)
{
    sqlite3_file *real = faulty_real(file);

    return real->pMethods != NULL ? real->pMethods->xClose(real) : SQLITE_OK;
}

static int faulty_read(sqlite3_file *file, void *out, int n, sqlite3_int64 at)
{
    return faulty_real(file)->pMethods->xRead(faulty_real(file), out, n, at);
}

static int faulty_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
    if (faulty_now()) {
        return faulty.is_full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    return faulty_real(file)->pMethods->xWrite(faulty_real(file), bytes, n, at);
}

static int faulty_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return faulty_now()
               ? SQLITE_IOERR_TRUNCATE
               : faulty_real(file)->pMethods->xTruncate(faulty_real(file), size);
}

static int faulty_sync(sqlite3_file *file, int flags)
{
    return faulty_now() ? SQLITE_IOERR_FSYNC
                        : faulty_real(file)->pMethods->xSync(faulty_real(file), flags);
}

static int faulty_size(sqlite3_file *file, sqlite3_int64 *out)
{
    return faulty_real(file)->pMethods->xFileSize(faulty_real(file), out);
}

static int faulty_lock(sqlite3_file *file, int level)
{
    return faulty_real(file)->pMethods->xLock(faulty_real(file), level);
}

static int faulty_unlock(sqlite3_file *file, int level)
{
    return faulty_real(file)->pMethods->xUnlock(faulty_real(file), level);
}

static int faulty_check_lock(sqlite3_file *file, int *out)
{
    return faulty_real(file)->pMethods->xCheckReservedLock(faulty_real(file), out);
}

static int faulty_control(sqlite3_file *file, int op, void *arg)
{
    return faulty_real(file)->pMethods->xFileControl(faulty_real(file), op, arg);
}

static int faulty_sector(sqlite3_file *file)
{
    return faulty_real(file)->pMethods->xSectorSize(faulty_real(file));
}

static int faulty_traits(sqlite3_file *file)
{
    return faulty_real(file)->pMethods->xDeviceCharacteristics(faulty_real(file));
}

static const sqlite3_io_methods faulty_methods = {
    .iVersion = 1,
    .xClose = faulty_close,
    .xRead = faulty_read,
    .xWrite = faulty_write,
    .xTruncate = faulty_truncate,
    .xSync = faulty_sync,
    .xFileSize = faulty_size,
    .xLock = faulty_lock,
    .xUnlock = faulty_unlock,
    .xCheckReservedLock = faulty_check_lock,
    .xFileControl = faulty_control,
    .xSectorSize = faulty_sector,
    .xDeviceCharacteristics = faulty_traits,
};

static int faulty_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file,
                       int flags, int *out)
{
    sqlite3_vfs *real = vfs->pAppData;
    faulty_file *own = (faulty_file *)(void *)file;
    int code;

    own->real = (sqlite3_file *)(void *)(own + 1);
    memset(own->real, 0, (size_t)real->szOsFile);
    code = real->xOpen(real, name, own->real, flags, out);
    own->base.pMethods = code == SQLITE_OK ? &faulty_methods : NULL;
    return code;
}

static int faulty_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    sqlite3_vfs *real = vfs->pAppData;

    return faulty_now() ? SQLITE_IOERR_DELETE : real->xDelete(real, name, sync_folder);
}

/* Puts the layer in front of what SQLite uses by default. */
static inline void faulty_install(void)
{
    static sqlite3_vfs vfs;

    if (vfs.zName == NULL) {
        sqlite3_vfs *real = sqlite3_vfs_find(NULL);

        vfs = *real;
        vfs.iVersion = 1;
        vfs.pNext = NULL;
        vfs.zName = "faulty";
        vfs.szOsFile = (int)sizeof(faulty_file) + real->szOsFile;
        vfs.pAppData = real;
        vfs.xOpen = faulty_open;
        vfs.xDelete = faulty_delete;
        sqlite3_vfs_register(&vfs, 1);
    }
}

static inline void faulty_set(int at, int stays, int is_full)
{
    faulty = (faulty_plan){ .at = at, .stays = stays, .is_full = is_full };
}

#endif

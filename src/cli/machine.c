/* machine.c - this machine: versions, file systems
 */
#include "machine.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <attune/base/json.h>
#include <attune/face/face.h>
#include <attune/math/dist.h>
#include <attune/store/study.h>
#include <attune/sync/http.h>

const char *att_machine_versions(att_arena *arena)
{
    return att_arena_format(
        arena, "%s, SQLite %s, curl %s, GSL %s, jansson %s, fribidi %s", ATT_VERSION,
        att_store_sqlite_version(), att_http_version(), att_math_gsl_version(),
        att_json_library_version(), att_face_fribidi_version(arena));
}

static bool is_network_type(const char *type)
{
    static const char *const types[] = { "nfs",   "nfs4", "cifs",       "smb3",
                                         "smbfs", "afs",  "9p",         "ceph",
                                         "ncpfs", "coda", "fuse.sshfs", "fuse.rclone" };

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(type, types[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether mount point `at` holds `path`; its length decides between several. */
static bool holds(const char *at, const char *path)
{
    size_t n = strlen(at);

    return strcmp(at, "/") == 0 ||
           (strncmp(at, path, n) == 0 && (path[n] == '/' || path[n] == '\0'));
}

/* One line of mountinfo: "36 35 98:0 /root /mount/point options - type source ...". */
static bool split_line(char *line, char **at, char **type)
{
    char *dash = strstr(line, " - ");
    char *p = line;

    if (dash == NULL) {
        return false;
    }
    for (int field = 0; field < 4; field++) {
        p = strchr(p, ' ');
        if (p == NULL) {
            return false;
        }
        p++;
    }
    *at = p;
    p[strcspn(p, " ")] = '\0';
    *type = dash + 3;
    (*type)[strcspn(*type, " ")] = '\0';
    return true;
}

bool att_machine_is_network(const char *path)
{
    char whole[PATH_MAX];
    char line[2 * PATH_MAX];
    size_t longest = 0;
    bool is_network = false;
    FILE *mounts = fopen("/proc/self/mountinfo", "r");

    if (mounts == NULL || realpath(path, whole) == NULL) {
        if (mounts != NULL) {
            fclose(mounts);
        }
        return false;
    }
    while (fgets(line, sizeof line, mounts) != NULL) {
        char *at;
        char *type;

        if (split_line(line, &at, &type) && holds(at, whole) && strlen(at) >= longest) {
            longest = strlen(at);
            is_network = is_network_type(type);
        }
    }
    fclose(mounts);
    return is_network;
}

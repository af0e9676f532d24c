/* bench_check.c - attune check of an instrument of one megabyte, as a new process
 */
#include "bench.h"
#include "make_large.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_TIMES 30

static double run_once(const char *const *argv)
{
    union {
        const char *const *from;
        char *const *to;
    } words = { .from = argv };
    double began = bench_now();
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        int nowhere = open("/dev/null", O_WRONLY);

        dup2(nowhere, STDOUT_FILENO);
        execv(argv[0], words.to);
        _exit(127);
    }
    if (waitpid(pid, &status, 0) != pid || status != 0) {
        fprintf(stderr, "bench_check: the instrument does not pass\n");
        exit(1);
    }
    return bench_now() - began;
}

int main(void)
{
    char file[] = "/tmp/attune-bench-XXXXXX";
    const char *program = getenv("ATTUNE");
    double ms[N_TIMES];
    char name[64];
    size_t size = 0;
    int fd = mkstemp(file);

    if (program == NULL || fd < 0) {
        fprintf(stderr, "bench_check: set ATTUNE to the program\n");
        return 1;
    }
    close(fd);
    for (size_t n = 4000; size < 1000000; n += 100) {
        size = make_large(file, n);
    }
    run_once((const char *[]){ program, "check", file, NULL });
    for (size_t i = 0; i < N_TIMES; i++) {
        ms[i] = run_once((const char *[]){ program, "check", file, NULL });
    }
    snprintf(name, sizeof name, "attune check, %.2f MB", (double)size / 1e6);
    bench_report(name, ms, N_TIMES, 50.0, 0);
    unlink(file);
    return 0;
}

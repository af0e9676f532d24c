/* bench_interview.c - how long a person waits: for the first question, for the next one
 *
 * Over an instrument of 2,000 questions, and one of 200 entries with 10 each, through the program as a process of its own
 * ($ATTUNE), line face on pipes. The next question comes after the answer's commit.
 */
#include "bench.h"
#include "make_large.h"

#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_ITEMS   2000
#define N_STARTS  20
#define N_ANSWERS 300
#define N_ENTRIES 200
#define N_EACH    10
#define N_PART    200 /* answers, the first of a roster and the last */

typedef struct talk {
    pid_t pid;
    int in, out;
    char text[1 << 16]; /* what came, the last of it */
    size_t n;
} talk;

static void stop(const char *what)
{
    fprintf(stderr, "bench_interview: %s\n", what);
    exit(1);
}

/* In the child; never returns. */
static void become(const char *const *argv)
{
    union {
        const char *const *from;
        char *const *to;
    } words = { .from = argv };

    execv(argv[0], words.to);
    _exit(127);
}

static void start(talk *t, const char *const *argv)
{
    int in[2], out[2];

    if (pipe(in) != 0 || pipe(out) != 0) {
        stop("no pipe");
    }
    t->n = 0;
    t->pid = fork();
    if (t->pid == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        for (int fd = 3; fd < 64; fd++) {
            close(fd);
        }
        become(argv);
    }
    close(in[0]);
    close(out[1]);
    t->in = in[1];
    t->out = out[0];
}

static void say(const talk *t, const char *text)
{
    if (write(t->in, text, strlen(text)) != (ssize_t)strlen(text)) {
        stop("the program does not listen");
    }
}

/* Reads until `what` has come since the last wait. */
static void wait_for(talk *t, const char *what)
{
    while (strstr(t->text, what) == NULL || t->n == 0) {
        ssize_t n;

        if (t->n + 4096 > sizeof t->text) {
            t->n = 0;
        }
        n = read(t->out, t->text + t->n, sizeof t->text - t->n - 1);
        if (n <= 0) {
            stop("the program ended");
        }
        t->n += (size_t)n;
        t->text[t->n] = '\0';
    }
    t->n = 0;
    t->text[0] = '\0';
}

static void end(const talk *t)
{
    int status = 0;

    close(t->in);
    close(t->out);
    kill(t->pid, SIGKILL);
    waitpid(t->pid, &status, 0);
}

static void run(const char *const *argv)
{
    int status = 0;
    pid_t pid;

    fflush(stdout); /* or the child writes it once more */
    pid = fork();
    if (pid == 0) {
        if (freopen("/dev/null", "w", stdout) == NULL) {
            _exit(126);
        }
        become(argv);
    }
    if (waitpid(pid, &status, 0) != pid || status != 0) {
        stop("a command failed");
    }
}

static int remove_one(const char *path, const struct stat *about, int kind,
                      struct FTW *place)
{
    (void)about;
    (void)kind;
    (void)place;
    return remove(path);
}

static void measure_start(const char *const *argv)
{
    static talk t;
    double ms[N_STARTS];

    for (size_t i = 0; i < N_STARTS; i++) {
        double began = bench_now();

        start(&t, argv);
        say(&t, "1\n");
        wait_for(&t, "uestion 1 of");
        ms[i] = bench_now() - began;
        end(&t);
    }
    bench_report("start to first question, 2,000 items", ms, N_STARTS, 50.0, 0);
}

static void measure_answers(const char *const *argv)
{
    static talk t;
    double ms[N_ANSWERS];

    start(&t, argv);
    say(&t, "1\n");
    wait_for(&t, "or ? for help: ");
    wait_for(&t, "or ? for help: ");
    for (size_t i = 0; i < N_ANSWERS; i++) {
        double began = bench_now();

        say(&t, i % 2 == 0 ? "4\n" : "2\n");
        wait_for(&t, "or ? for help: ");
        ms[i] = bench_now() - began;
    }
    end(&t);
    bench_report("answer to next question with its commit", ms, N_ANSWERS, 30.0, 1);
}

/* The whole roster; all answers are 4 or 2, so all its questions are asked. */
static void measure_roster(const char *const *argv)
{
    static talk t;
    static double ms[N_ENTRIES * N_EACH];
    size_t n = N_ENTRIES * N_EACH;

    start(&t, argv);
    say(&t, "1\n");
    wait_for(&t, "or ? for help: ");
    wait_for(&t, "or ? for help: ");
    for (size_t i = 0; i < n - 1; i++) {
        double began = bench_now();

        say(&t, i % 2 == 0 ? "4\n" : "2\n");
        wait_for(&t, "or ? for help: ");
        ms[i] = bench_now() - began;
    }
    end(&t);
    bench_report("the same in a roster of 200 entries, first 200", ms, N_PART, 30.0, 1);
    bench_report("last 200", ms + n - 1 - N_PART, N_PART, 30.0, 1);
}

int main(void)
{
    char folder[] = "/tmp/attune-bench-XXXXXX";
    const char *program = getenv("ATTUNE");
    char study[64], file[64];

    if (program == NULL || mkdtemp(folder) == NULL) {
        stop("set ATTUNE to the program");
    }
    signal(SIGPIPE, SIG_IGN);
    snprintf(study, sizeof study, "%s/b.attune", folder);
    snprintf(file, sizeof file, "%s/large.json", folder);
    make_large(file, N_ITEMS);
    run((const char *[]){ program, "init", study, NULL });
    run((const char *[]){ program, "add", file, "--study", study, NULL });
    {
        const char *argv[] = { program, "run",  "large", "--study",
                               study,   "--ui", "line",  NULL };

        measure_start(argv);
        measure_answers(argv);
    }
    make_roster(file, N_ENTRIES, N_EACH);
    run((const char *[]){ program, "add", file, "--study", study, NULL });
    {
        const char *argv[] = { program, "run",  "roster", "--study",
                               study,   "--ui", "line",   NULL };

        measure_roster(argv);
    }
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    return 0;
}

/* Memory for what kernels need while they work. Between the parts of one job large blocks are kept for the next part: to ask
   the system for them again costs up to a tenth of following paths. */
#include "_fast.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

/* From so many bytes on a table is worth large pages, and from so many it is kept. */
#define LARGE (4 << 20)
#define WORTH (256 << 10)

/* What stands before the first line of a block. */
typedef struct {
    void *all;
    int64_t bytes;
} Head;

#define KEPT 64

static struct {
    PyThread_type_lock lock;
    int jobs;
    void *line[KEPT];
} kept;

static Head *head_of(void *line) { return (Head *)((char *)line - sizeof(Head)); }

/* Large tables that are jumped about in cost less to address in pages of two megabytes; before anything is written. */
static void large_pages(char *from, int64_t bytes) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    if (bytes < LARGE) return;
    char *page = from + (4096 - (uintptr_t)from % 4096) % 4096;
    (void)madvise(page, (size_t)(from + bytes - page) / 4096 * 4096, MADV_HUGEPAGE);
#else
    (void)from, (void)bytes;
#endif
}

/* A kept block of just this size, or NULL: the parts of a job want the same. */
static void *taken(int64_t bytes) {
    void *line = NULL;
    if (kept.lock == NULL || bytes < WORTH) return NULL;
    PyThread_acquire_lock(kept.lock, WAIT_LOCK);
    for (int i = 0; i < KEPT && line == NULL; i++)
        if (kept.line[i] != NULL && head_of(kept.line[i])->bytes == bytes) {
            line = kept.line[i];
            kept.line[i] = NULL;
        }
    PyThread_release_lock(kept.lock);
    return line;
}

/* Whether a block was put by for the next part of a job. */
static int put_by(void *line) {
    int done = 0;
    if (kept.lock == NULL || head_of(line)->bytes < WORTH) return 0;
    PyThread_acquire_lock(kept.lock, WAIT_LOCK);
    for (int i = 0; i < KEPT && kept.jobs && !done; i++)
        if (kept.line[i] == NULL) {
            kept.line[i] = line;
            done = 1;
        }
    PyThread_release_lock(kept.lock);
    return done;
}

void *nm_room(int64_t bytes) {
    if (bytes < 0 || (uint64_t)bytes > SIZE_MAX - 192) return NULL;
    void *line = taken(bytes);
    if (line != NULL) return line;
    char *all = calloc((size_t)bytes + 192, 1);
    if (all == NULL) return NULL;
    large_pages(all, bytes);
    line = all + 128 - (uintptr_t)all % 64;
    *head_of(line) = (Head){all, bytes};
    return line;
}

void *nm_lines(int64_t bytes) {
    void *line = taken(bytes);
    if (line == NULL) return nm_room(bytes);
    memset(line, 0, (size_t)bytes);
    return line;
}

void nm_free(void *line) {
    if (line != NULL && !put_by(line)) free(head_of(line)->all);
}

/* keep(on): from the first job that begins until the last that is open ends, large blocks are kept. */
PyObject *nm_keep(PyObject *module, PyObject *args) {
    (void)module;
    int on;
    if (!PyArg_ParseTuple(args, "p:keep", &on)) return NULL;
    if (kept.lock == NULL && (kept.lock = PyThread_allocate_lock()) == NULL) return PyErr_NoMemory();
    PyThread_acquire_lock(kept.lock, WAIT_LOCK);
    if (on) kept.jobs++;
    else if (kept.jobs && !--kept.jobs)
        for (int i = 0; i < KEPT; i++) {
            if (kept.line[i] != NULL) free(head_of(kept.line[i])->all);
            kept.line[i] = NULL;
        }
    PyThread_release_lock(kept.lock);
    Py_RETURN_NONE;
}

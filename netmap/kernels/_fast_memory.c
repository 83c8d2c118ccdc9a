/* Memory for what kernels need while they work. Between the parts of one job large blocks are kept for the next part: to ask
   the system for them again costs up to a tenth of following paths. */
#include "_fast.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

/* From so many bytes on a table is worth large pages, and from so many it is kept. */
#define LARGE (4 << 20)
#define WORTH (256 << 10)

/* Room for the head and up to the next line. */
#define AROUND 192

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

/* Fresh memory filled with zeros. Large tables that are jumped about in cost less to address in pages of two megabytes, and
   come from the system itself: what was given back to malloc before would have to be cleared by hand, in small pages. */
static void *fresh(size_t bytes) {
#if defined(__linux__)
    if (bytes >= LARGE) {
        void *all = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (all == MAP_FAILED) return NULL;
#if defined(MADV_HUGEPAGE)
        (void)madvise(all, bytes, MADV_HUGEPAGE);
#endif
        return all;
    }
#endif
    return calloc(bytes, 1);
}

static void give_back(void *line) {
    Head head = *head_of(line);
#if defined(__linux__)
    if ((size_t)head.bytes + AROUND >= LARGE) {
        (void)munmap(head.all, (size_t)head.bytes + AROUND);
        return;
    }
#endif
    free(head.all);
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
    if (bytes < 0 || (uint64_t)bytes > SIZE_MAX - AROUND) return NULL;
    void *line = taken(bytes);
    if (line != NULL) return line;
    char *all = fresh((size_t)bytes + AROUND);
    if (all == NULL) return NULL;
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
    if (line != NULL && !put_by(line)) give_back(line);
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
            if (kept.line[i] != NULL) give_back(kept.line[i]);
            kept.line[i] = NULL;
        }
    PyThread_release_lock(kept.lock);
    Py_RETURN_NONE;
}

/* What the files of the compiled kernels share: the graph, the buffers that come in, and the functions of the module. */
#ifndef NETMAP_FAST_H
#define NETMAP_FAST_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__GNUC__) || defined(__clang__)
#define NM_PREFETCH(place) __builtin_prefetch(place)
#define NM_INLINE static inline __attribute__((always_inline))
#else
#define NM_PREFETCH(place) ((void)(place))
#if defined(_MSC_VER)
#define NM_INLINE static __forceinline
#else
#define NM_INLINE static inline
#endif
#endif

/* More nodes or arcs than this and a position no longer fits in 32 bits. */
#define NM_MOST INT64_C(2147483647)

/* A buffer taken from Python: `size` values at `data`. */
typedef struct {
    Py_buffer view;
    void *data;
    int64_t size;
    int held;
} Array;

/* Compressed rows: the neighbours of node i are indices[indptr[i]] up to indices[indptr[i + 1]]. */
typedef struct {
    int64_t n;
    int64_t arcs;
    const int64_t *indptr;
    const int32_t *indices;
    Array indptr_array;
    Array indices_array;
} Graph;

/* Take a buffer of `kind` ('i' int32, 'q' int64, 'd' float64, 'B' bytes or bool) that holds `size` values (-1: any).
   0, or -1 with an exception set. Every array that was set to zero beforehand may be let go. */
int nm_take(Array *array, PyObject *object, char kind, int writable, int64_t size, const char *name);

/* The same, but None is no array: `data` is then NULL. */
int nm_take_optional(Array *array, PyObject *object, char kind, int writable, int64_t size, const char *name);

void nm_let_go(Array *array);

/* Take a graph and check every position in it. */
int nm_take_graph(Graph *graph, PyObject *indptr, PyObject *indices);

void nm_let_go_graph(Graph *graph);

/* Check that `count` numbers lie in [0, below). */
int nm_check_ids(const int32_t *ids, int64_t count, int64_t below, const char *name);

/* Return -1 with MemoryError set where a pointer is missing. */
int nm_check_memory(const void *pointer);

/* Memory that starts on a cache line, filled with zeros; `nm_free` takes it back. */
void *nm_lines(int64_t bytes);

/* The same with anything in it. */
void *nm_room(int64_t bytes);

void nm_free(void *pointer);

/* Work that may take long: between `nm_go` and `nm_end` Python's lock is let go. */
typedef struct {
    PyThreadState *state;
    const volatile int32_t *stop; /* set by another thread when the work is to stop; NULL: signals are looked at here */
    int64_t left;                 /* arcs until the next look */
    int stopped;                  /* 1 by the flag, -1 by a signal whose exception is set */
} Pause;

/* Let go of the lock; `stop` holds one number, or its `data` is NULL. */
void nm_go(Pause *pause, const Array *stop);

/* Say that `done` more arcs were followed; not 0 when the work is to stop. */
int nm_pause(Pause *pause, int64_t done);

/* Take the lock again. 0, or -1 with an exception set: stopped, or out of memory where `failed`. */
int nm_end(Pause *pause, int failed);

/* The functions of the module; what each does stands in the file that holds it. */
PyObject *nm_betweenness(PyObject *module, PyObject *args);
PyObject *nm_foretold_sums(PyObject *module, PyObject *args);
PyObject *nm_length_betweenness(PyObject *module, PyObject *args);
PyObject *nm_length_sums(PyObject *module, PyObject *args);
PyObject *nm_near_order(PyObject *module, PyObject *args);
PyObject *nm_step_sums(PyObject *module, PyObject *args);
PyObject *nm_tie_gains(PyObject *module, PyObject *args);
PyObject *nm_build(PyObject *module, PyObject *args);
PyObject *nm_closed_paths(PyObject *module, PyObject *args);
PyObject *nm_walk(PyObject *module, PyObject *args);
PyObject *nm_katz(PyObject *module, PyObject *args);
PyObject *nm_climb(PyObject *module, PyObject *args);
PyObject *nm_arrive(PyObject *module, PyObject *args);
PyObject *nm_arc_products(PyObject *module, PyObject *args);
PyObject *nm_triangles(PyObject *module, PyObject *args);
PyObject *nm_profile(PyObject *module, PyObject *args);
PyObject *nm_quotient(PyObject *module, PyObject *args);
PyObject *nm_ends(PyObject *module, PyObject *args);
PyObject *nm_components(PyObject *module, PyObject *args);
PyObject *nm_cores(PyObject *module, PyObject *args);
PyObject *nm_strong(PyObject *module, PyObject *args);
PyObject *nm_cuts(PyObject *module, PyObject *args);
PyObject *nm_perturbed(PyObject *module, PyObject *args);
PyObject *nm_dealings(PyObject *module, PyObject *args);
PyObject *nm_label_tables(PyObject *module, PyObject *args);
PyObject *nm_label_likeness(PyObject *module, PyObject *args);
PyObject *nm_number_sums(PyObject *module, PyObject *args);
PyObject *nm_profile_means(PyObject *module, PyObject *args);
PyObject *nm_matrix_means(PyObject *module, PyObject *args);
PyObject *nm_swap_round(PyObject *module, PyObject *args);
PyObject *nm_trade(PyObject *module, PyObject *args);
PyObject *nm_near_swaps(PyObject *module, PyObject *args);
PyObject *nm_scan_open(PyObject *module, PyObject *args);
PyObject *nm_scan_feed(PyObject *module, PyObject *args);
PyObject *nm_scan_take(PyObject *module, PyObject *args);
PyObject *nm_merge(PyObject *module, PyObject *args);
PyObject *nm_write(PyObject *module, PyObject *args);
PyObject *nm_descend(PyObject *module, PyObject *args);
PyObject *nm_leiden(PyObject *module, PyObject *args);
PyObject *nm_keep(PyObject *module, PyObject *args);

#endif

/* Compressed rows made from a list of ties. */
#include "_fast.h"

typedef struct {
    const int32_t *source, *target;
    const double *weights;
    int64_t m;
} Ties;

/* Arc i is tie i, or for i >= m the tie i - m read backwards. */
static int32_t row_of(const Ties *t, int64_t i) { return i < t->m ? t->source[i] : t->target[i - t->m]; }

static int32_t column_of(const Ties *t, int64_t i) { return i < t->m ? t->target[i] : t->source[i - t->m]; }

/* Whether ties come in order of their ends, each from its lower end where `symmetric`, and none of them twice. */
static int in_order(const Ties *t, int symmetric) {
    int ordered = 1;
    for (int64_t i = 0; i < t->m; i++) {
        int32_t a = t->source[i], b = t->target[i];
        if (symmetric) ordered &= a < b;
        if (i) ordered &= (a > t->source[i - 1]) | ((a == t->source[i - 1]) & (b > t->target[i - 1]));
    }
    return ordered;
}

/* Ties in order go straight to their places. A row begins with the arcs to lower nodes, which come in the order of those,
   and ends with the arcs to higher ones, which come in a row. */
static int place(const Ties *t, int64_t n, int symmetric, int64_t *indptr, int32_t *indices, double *values, int32_t *tie) {
    int64_t *next = nm_lines((n + 1) * 8);
    if (next == NULL) return -1;
    memset(indptr, 0, (size_t)(n + 1) * 8);
    for (int64_t i = 0; i < t->m; i++) {
        indptr[t->source[i] + 1]++;
        if (symmetric) next[t->target[i]]++;
    }
    for (int64_t v = 0; v < n; v++) {
        indptr[v + 1] += indptr[v] + next[v];
        next[v] = indptr[v];
    }
    for (int64_t v = 0, i = 0; v < n; v++) {
        int64_t first = i;
        while (i < t->m && t->source[i] == v) i++;
        for (int64_t k = first, at = indptr[v + 1] - (i - first); k < i; k++, at++) {
            int32_t u = t->target[k];
            indices[at] = u;
            values[at] = t->weights[k];
            tie[at] = (int32_t)k;
            if (!symmetric) continue;
            if (k + 16 < t->m) {
                int64_t soon = next[t->target[k + 16]];
                NM_PREFETCH(&indices[soon]);
                NM_PREFETCH(&values[soon]);
                NM_PREFETCH(&tie[soon]);
            }
            int64_t down = next[u]++;
            indices[down] = (int32_t)v;
            values[down] = t->weights[k];
            tie[down] = (int32_t)k;
        }
    }
    nm_free(next);
    return 0;
}

static int build(const Ties *t, int64_t n, int64_t arcs, int64_t *indptr, int32_t *indices, double *values, int32_t *tie) {
    int64_t *next = nm_lines((n + 1) * 8);
    int32_t *order = nm_lines(arcs * 4);
    int failed = !next || !order;
    if (!failed) {
        /* Sorted by column first, then by row without disturbing that: two counting sorts. */
        for (int64_t i = 0; i < arcs; i++) next[column_of(t, i) + 1]++;
        for (int64_t v = 0; v < n; v++) next[v + 1] += next[v];
        for (int64_t i = 0; i < arcs; i++) order[next[column_of(t, i)]++] = (int32_t)i;
        memset(indptr, 0, (size_t)(n + 1) * 8);
        for (int64_t i = 0; i < arcs; i++) indptr[row_of(t, i) + 1]++;
        for (int64_t v = 0; v < n; v++) indptr[v + 1] += indptr[v];
        memcpy(next, indptr, (size_t)(n + 1) * 8);
        for (int64_t k = 0; k < arcs; k++) {
            int64_t i = order[k], at = next[row_of(t, i)]++, which = i < t->m ? i : i - t->m;
            indices[at] = column_of(t, i);
            values[at] = t->weights[which];
            tie[at] = (int32_t)which;
        }
    }
    nm_free(next);
    nm_free(order);
    return failed ? -1 : 0;
}

/* build(source, target, weights, symmetric, indptr, indices, values, tie): make compressed rows of a list of ties. */
PyObject *nm_build(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[7], *out = NULL;
    int symmetric;
    if (!PyArg_ParseTuple(args, "OOOpOOOO:build", &o[0], &o[1], &o[2], &symmetric, &o[3], &o[4], &o[5], &o[6])) return NULL;
    Array source = {0}, target = {0}, weights = {0}, indptr = {0}, indices = {0}, values = {0}, tie = {0};
    if (nm_take(&source, o[0], 'i', 0, -1, "source") < 0 || nm_take(&target, o[1], 'i', 0, source.size, "target") < 0 ||
        nm_take(&weights, o[2], 'd', 0, source.size, "weights") < 0 || nm_take(&indptr, o[3], 'q', 1, -1, "indptr") < 0)
        goto done;
    int64_t n = indptr.size - 1, arcs = symmetric ? 2 * source.size : source.size;
    if (n < 0) {
        PyErr_SetString(PyExc_ValueError, "indptr holds no value");
        goto done;
    }
    if (n >= NM_MOST || arcs >= NM_MOST) {
        PyErr_SetString(PyExc_OverflowError, "a graph of 2^31 nodes or arcs is too large");
        goto done;
    }
    if (nm_check_ids(source.data, source.size, n, "source") < 0 || nm_check_ids(target.data, target.size, n, "target") < 0 ||
        nm_take(&indices, o[4], 'i', 1, arcs, "indices") < 0 || nm_take(&values, o[5], 'd', 1, arcs, "values") < 0 ||
        nm_take(&tie, o[6], 'i', 1, arcs, "tie") < 0)
        goto done;
    Ties t = {source.data, target.data, weights.data, source.size};
    int failed;
    Py_BEGIN_ALLOW_THREADS
    failed = in_order(&t, symmetric) ? place(&t, n, symmetric, indptr.data, indices.data, values.data, tie.data)
                                     : build(&t, n, arcs, indptr.data, indices.data, values.data, tie.data);
    Py_END_ALLOW_THREADS
    if (failed) PyErr_NoMemory();
    else out = Py_NewRef(Py_None);
done:
    nm_let_go(&source);
    nm_let_go(&target);
    nm_let_go(&weights);
    nm_let_go(&indptr);
    nm_let_go(&indices);
    nm_let_go(&values);
    nm_let_go(&tie);
    return out;
}

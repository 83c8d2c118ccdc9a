/* Networks as they might be: the compressed rows of a list of ties of which some are lost and others added. */
#include "_fast.h"

/* Whether ties stand in the order (source, target), each once; undirected ones from their lower end. */
static int in_order(const int32_t *source, const int32_t *target, int64_t count, int symmetric) {
    int wrong = 0;
    for (int64_t i = 0; i < count; i++) {
        if (i > 0) wrong |= source[i] < source[i - 1] || (source[i] == source[i - 1] && target[i] <= target[i - 1]);
        wrong |= source[i] == target[i] || (symmetric && source[i] > target[i]);
    }
    return !wrong;
}

/* perturbed(source, target, strength, kept, more_source, more_target, more_strength, symmetric, indptr, indices, values,
   tie): make compressed rows of the ties that are kept and of others, both lists in order and without a tie in common. */
PyObject *nm_perturbed(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[11], *out = NULL;
    int symmetric;
    if (!PyArg_ParseTuple(args, "OOOOOOOpOOOO:perturbed", &o[0], &o[1], &o[2], &o[3], &o[4], &o[5], &o[6], &symmetric, &o[7],
                          &o[8], &o[9], &o[10]))
        return NULL;
    Array source = {0}, target = {0}, strength = {0}, kept = {0}, more_a = {0}, more_b = {0}, more_w = {0};
    Array indptr = {0}, indices = {0}, values = {0}, tie = {0};
    if (nm_take(&source, o[0], 'i', 0, -1, "source") < 0 || nm_take(&target, o[1], 'i', 0, source.size, "target") < 0 ||
        nm_take(&strength, o[2], 'd', 0, source.size, "strength") < 0 || nm_take(&kept, o[3], 'B', 0, source.size, "kept") < 0 ||
        nm_take(&more_a, o[4], 'i', 0, -1, "more_source") < 0 ||
        nm_take(&more_b, o[5], 'i', 0, more_a.size, "more_target") < 0 ||
        nm_take(&more_w, o[6], 'd', 0, more_a.size, "more_strength") < 0 || nm_take(&indptr, o[7], 'q', 1, -1, "indptr") < 0)
        goto done;
    const int32_t *a = source.data, *b = target.data, *c = more_a.data, *d = more_b.data;
    const double *w = strength.data, *x = more_w.data;
    const uint8_t *stays = kept.data;
    int64_t n = indptr.size - 1, m = source.size, k = more_a.size, arcs = k;
    if (n < 0) {
        PyErr_SetString(PyExc_ValueError, "indptr holds no value");
        goto done;
    }
    for (int64_t i = 0; i < m; i++) arcs += stays[i] != 0;
    arcs *= symmetric ? 2 : 1;
    if (n >= NM_MOST || arcs >= NM_MOST) {
        PyErr_SetString(PyExc_OverflowError, "a graph of 2^31 nodes or arcs is too large");
        goto done;
    }
    if (nm_check_ids(a, m, n, "source") < 0 || nm_check_ids(b, m, n, "target") < 0 || nm_check_ids(c, k, n, "more_source") < 0 ||
        nm_check_ids(d, k, n, "more_target") < 0 || nm_take(&indices, o[8], 'i', 1, arcs, "indices") < 0 ||
        nm_take(&values, o[9], 'd', 1, arcs, "values") < 0 || nm_take(&tie, o[10], 'i', 1, arcs, "tie") < 0)
        goto done;
    if (!in_order(a, b, m, symmetric) || !in_order(c, d, k, symmetric)) {
        PyErr_SetString(PyExc_ValueError, "ties have to stand in order, each once, from their lower end if undirected");
        goto done;
    }
    int64_t *start = indptr.data, *next;
    int32_t *ids = indices.data, *which = tie.data;
    double *held = values.data;
    Py_BEGIN_ALLOW_THREADS
    next = nm_lines((n + 1) * 8);
    if (next != NULL) {
        memset(start, 0, (size_t)(n + 1) * 8);
        for (int64_t i = 0; i < m; i++) {
            if (!stays[i]) continue;
            start[a[i] + 1]++;
            if (symmetric) start[b[i] + 1]++;
        }
        for (int64_t j = 0; j < k; j++) {
            start[c[j] + 1]++;
            if (symmetric) start[d[j] + 1]++;
        }
        for (int64_t v = 0; v < n; v++) start[v + 1] += start[v];
        memcpy(next, start, (size_t)(n + 1) * 8);
        /* In the order of both lists, rows fill from their lowest neighbour to their highest. */
        int32_t number = 0;
        for (int64_t i = 0, j = 0; i < m || j < k;) {
            if (i < m && !stays[i]) {
                i++;
                continue;
            }
            int own = j == k || (i < m && (a[i] < c[j] || (a[i] == c[j] && b[i] < d[j])));
            int32_t p = own ? a[i] : c[j], q = own ? b[i] : d[j];
            double value = own ? w[i++] : x[j++];
            int64_t at = next[p]++;
            ids[at] = q, held[at] = value, which[at] = number;
            if (symmetric) {
                at = next[q]++;
                ids[at] = p, held[at] = value, which[at] = number;
            }
            number++;
        }
        nm_free(next);
    }
    Py_END_ALLOW_THREADS
    if (nm_check_memory(next) == 0) out = Py_NewRef(Py_None);
done:
    nm_let_go(&source);
    nm_let_go(&target);
    nm_let_go(&strength);
    nm_let_go(&kept);
    nm_let_go(&more_a);
    nm_let_go(&more_b);
    nm_let_go(&more_w);
    nm_let_go(&indptr);
    nm_let_go(&indices);
    nm_let_go(&values);
    nm_let_go(&tie);
    return out;
}

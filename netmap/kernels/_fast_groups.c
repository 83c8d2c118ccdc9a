/* Ties by the groups of their ends: each node's with each group, those between every two groups, and those within one. */
#include "_fast.h"

typedef struct {
    int64_t n, k;
    const int64_t *indptr;
    const int32_t *indices;
    const double *weights; /* may be missing: ties are counted */
    const int32_t *labels; /* -1: in no group */
} Rows;

/* Add what node v has with each group to `sum`, and list the groups met; return how many. */
static int64_t gather(const Rows *r, int64_t v, double *sum, int32_t *met, uint8_t *seen) {
    int64_t count = 0;
    for (int64_t a = r->indptr[v]; a < r->indptr[v + 1]; a++) {
        int32_t group = r->labels[r->indices[a]];
        if (group < 0) continue;
        met[count] = group;
        count += !seen[group];
        seen[group] = 1;
        sum[group] += r->weights == NULL ? 1.0 : r->weights[a];
    }
    return count;
}

static int profile(const Rows *rows, const Rows *other, double *own, double *total, double *products) {
    double *one = nm_lines(rows->k * 8), *two = nm_lines(rows->k * 8);
    int32_t *met = nm_lines((rows->k + 1) * 4), *met_two = nm_lines((rows->k + 1) * 4);
    uint8_t *seen = nm_lines(rows->k), *seen_two = nm_lines(rows->k);
    int failed = !one || !two || !met || !met_two || !seen || !seen_two;
    for (int64_t v = 0; v < rows->n && !failed; v++) {
        int64_t count = gather(rows, v, one, met, seen), count_two = other ? gather(other, v, two, met_two, seen_two) : 0;
        double all = 0.0, product = 0.0;
        for (int64_t i = 0; i < count; i++) {
            int32_t group = met[i];
            all += one[group];
            product += one[group] * (other ? two[group] : one[group]);
        }
        own[v] = rows->labels[v] < 0 ? 0.0 : one[rows->labels[v]];
        total[v] = all;
        products[v] = product;
        for (int64_t i = 0; i < count; i++) one[met[i]] = seen[met[i]] = 0;
        for (int64_t i = 0; i < count_two; i++) two[met_two[i]] = seen_two[met_two[i]] = 0;
    }
    nm_free(one);
    nm_free(two);
    nm_free(met);
    nm_free(met_two);
    nm_free(seen);
    nm_free(seen_two);
    return failed ? -1 : 0;
}

static int check_groups(const Array *labels, int64_t k) {
    const int32_t *label = labels->data;
    if (k < 0 || k >= NM_MOST) {
        PyErr_SetString(PyExc_OverflowError, "k, the number of groups, lies between 0 and 2^31");
        return -1;
    }
    for (int64_t i = 0; i < labels->size; i++)
        if (label[i] < -1 || label[i] >= k) {
            PyErr_Format(PyExc_ValueError, "labels lie between -1 and %lld", (long long)k - 1);
            return -1;
        }
    return 0;
}

/* profile(indptr, indices, weights, other_indptr, other_indices, labels, k, own, total, products): what each node has with
   its own group, with all groups, and the sum over groups of that times what it has in the other graph (None: the same). */
PyObject *nm_profile(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[9], *out = NULL;
    long long k;
    if (!PyArg_ParseTuple(args, "OOOOOOLOOO:profile", &o[0], &o[1], &o[2], &o[3], &o[4], &o[5], &k, &o[6], &o[7], &o[8]))
        return NULL;
    Graph g = {0}, h = {0};
    Array weights = {0}, labels = {0}, own = {0}, total = {0}, products = {0};
    int paired = o[3] != Py_None;
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take_optional(&weights, o[2], 'd', 0, g.arcs, "weights") < 0 ||
        (paired && nm_take_graph(&h, o[3], o[4]) < 0) || nm_take(&labels, o[5], 'i', 0, g.n, "labels") < 0 ||
        nm_take(&own, o[6], 'd', 1, g.n, "own") < 0 || nm_take(&total, o[7], 'd', 1, g.n, "total") < 0 ||
        nm_take(&products, o[8], 'd', 1, g.n, "products") < 0 || check_groups(&labels, k) < 0)
        goto done;
    if (paired && h.n != g.n) {
        PyErr_SetString(PyExc_ValueError, "both graphs have to have as many nodes");
        goto done;
    }
    Rows rows = {g.n, k, g.indptr, g.indices, weights.data, labels.data};
    Rows other = {h.n, k, h.indptr, h.indices, NULL, labels.data};
    int failed;
    Py_BEGIN_ALLOW_THREADS
    failed = profile(&rows, paired ? &other : NULL, own.data, total.data, products.data);
    Py_END_ALLOW_THREADS
    if (failed) PyErr_NoMemory();
    else out = Py_NewRef(Py_None);
done:
    nm_let_go_graph(&g);
    nm_let_go_graph(&h);
    nm_let_go(&weights);
    nm_let_go(&labels);
    nm_let_go(&own);
    nm_let_go(&total);
    nm_let_go(&products);
    return out;
}

/* Ties as two lists of ends, with the groups of the nodes. */
typedef struct {
    Array source, target, weights, labels;
} Ties;

static int take_ties(Ties *t, PyObject *const *o, long long k) {
    if (nm_take(&t->source, o[0], 'i', 0, -1, "source") < 0 ||
        nm_take(&t->target, o[1], 'i', 0, t->source.size, "target") < 0 ||
        nm_take_optional(&t->weights, o[2], 'd', 0, t->source.size, "weights") < 0 ||
        nm_take(&t->labels, o[3], 'i', 0, -1, "labels") < 0)
        return -1;
    if (t->labels.size >= NM_MOST) {
        PyErr_SetString(PyExc_OverflowError, "a graph of 2^31 nodes is too large");
        return -1;
    }
    if (check_groups(&t->labels, k) < 0 || nm_check_ids(t->source.data, t->source.size, t->labels.size, "source") < 0)
        return -1;
    return nm_check_ids(t->target.data, t->target.size, t->labels.size, "target");
}

static void let_go_ties(Ties *t) {
    nm_let_go(&t->source);
    nm_let_go(&t->target);
    nm_let_go(&t->weights);
    nm_let_go(&t->labels);
}

/* quotient(source, target, weights, labels, k, table): add every tie to the cell of the groups of its ends. */
PyObject *nm_quotient(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[5], *out = NULL;
    long long k;
    if (!PyArg_ParseTuple(args, "OOOOLO:quotient", &o[0], &o[1], &o[2], &o[3], &k, &o[4])) return NULL;
    Ties t;
    Array table = {0};
    memset(&t, 0, sizeof t);
    if (take_ties(&t, o, k) < 0 || nm_take(&table, o[4], 'd', 1, k * k, "table") < 0) goto done;
    const int32_t *a = t.source.data, *b = t.target.data, *label = t.labels.data;
    const double *w = t.weights.data;
    double *cell = table.data;
    Py_BEGIN_ALLOW_THREADS
    for (int64_t i = 0; i < t.source.size; i++) {
        int64_t one = label[a[i]], two = label[b[i]];
        if (one >= 0 && two >= 0) cell[one * k + two] += w == NULL ? 1.0 : w[i];
    }
    Py_END_ALLOW_THREADS
    out = Py_NewRef(Py_None);
done:
    let_go_ties(&t);
    nm_let_go(&table);
    return out;
}

/* ends(source, target, weights, labels, k, out, into): add to every group the strength of the ties whose first end and
   whose second end lies in it; return the strength within groups and in all, ties with an end in no group left out. */
PyObject *nm_ends(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[6], *result = NULL;
    long long k;
    if (!PyArg_ParseTuple(args, "OOOOLOO:ends", &o[0], &o[1], &o[2], &o[3], &k, &o[4], &o[5])) return NULL;
    Ties t;
    Array out = {0}, into = {0};
    memset(&t, 0, sizeof t);
    if (take_ties(&t, o, k) < 0 || nm_take(&out, o[4], 'd', 1, k, "out") < 0 || nm_take(&into, o[5], 'd', 1, k, "into") < 0)
        goto done;
    const int32_t *a = t.source.data, *b = t.target.data, *label = t.labels.data;
    const double *w = t.weights.data;
    double *first = out.data, *second = into.data, within = 0.0, all = 0.0;
    Py_BEGIN_ALLOW_THREADS
    for (int64_t i = 0; i < t.source.size; i++) {
        int32_t one = label[a[i]], two = label[b[i]];
        if (one < 0 || two < 0) continue;
        double strength = w == NULL ? 1.0 : w[i];
        first[one] += strength;
        second[two] += strength;
        all += strength;
        if (one == two) within += strength;
    }
    Py_END_ALLOW_THREADS
    result = Py_BuildValue("dd", within, all);
done:
    let_go_ties(&t);
    nm_let_go(&out);
    nm_let_go(&into);
    return result;
}

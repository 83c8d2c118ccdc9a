/* A list of ties put in order, those between the same two nodes made one. */
#include "_fast.h"

enum { SUM, MEAN, GREATEST };

static int by_size(const void *a, const void *b) {
    double one = *(const double *)a, two = *(const double *)b;
    return (one > two) - (one < two);
}

static double joined(double *w, int64_t count, int rule) {
    /* From the smallest up, so that the order of the rows makes no difference. */
    if (count > 1) qsort(w, (size_t)count, sizeof(double), by_size);
    if (rule == GREATEST) return w[count - 1];
    double sum = 0.0;
    for (int64_t i = 0; i < count; i++) sum += w[i];
    return rule == MEAN ? sum / (double)count : sum;
}

/* Sort ties by `key` without disturbing their order among equals; `next` has room for n + 1 numbers. */
static void sorted(const int32_t *key, const int32_t *other, const double *w, int64_t m, int64_t n, int64_t *next,
                   int32_t *key_out, int32_t *other_out, double *w_out) {
    memset(next, 0, (size_t)(n + 1) * 8);
    for (int64_t i = 0; i < m; i++) next[key[i] + 1]++;
    for (int64_t v = 0; v < n; v++) next[v + 1] += next[v];
    for (int64_t i = 0; i < m; i++) {
        int64_t at = next[key[i]]++;
        key_out[at] = key[i];
        other_out[at] = other[i];
        w_out[at] = w[i];
    }
}

static int64_t merge(int32_t *a, int32_t *b, double *w, int64_t m, int64_t n, int rule) {
    int64_t *next = nm_lines((n + 1) * 8), kept = -1;
    int32_t *one = nm_lines(m * 4), *two = nm_lines(m * 4);
    double *strength = nm_lines(m * 8);
    if (next && one && two && strength) {
        sorted(b, a, w, m, n, next, two, one, strength);
        sorted(one, two, strength, m, n, next, a, b, w);
        kept = 0;
        for (int64_t i = 0, j; i < m; i = j) {
            for (j = i + 1; j < m && a[j] == a[i] && b[j] == b[i];) j++;
            double all = joined(w + i, j - i, rule);
            a[kept] = a[i];
            b[kept] = b[i];
            w[kept++] = all;
        }
    }
    nm_free(next);
    nm_free(one);
    nm_free(two);
    nm_free(strength);
    return kept;
}

/* merge(source, target, weights, n, rule): sort ties by both ends and join parallel ones by their sum (0), mean (1) or
   greatest (2), all in place; return how many are left. */
PyObject *nm_merge(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[3], *out = NULL;
    long long n;
    int rule;
    if (!PyArg_ParseTuple(args, "OOOLi:merge", &o[0], &o[1], &o[2], &n, &rule)) return NULL;
    Array source = {0}, target = {0}, weights = {0};
    if (nm_take(&source, o[0], 'i', 1, -1, "source") < 0 || nm_take(&target, o[1], 'i', 1, source.size, "target") < 0 ||
        nm_take(&weights, o[2], 'd', 1, source.size, "weights") < 0)
        goto done;
    if (n < 0 || n >= NM_MOST || source.size >= NM_MOST) {
        PyErr_SetString(PyExc_OverflowError, "a graph of 2^31 nodes or ties is too large");
        goto done;
    }
    if (rule < SUM || rule > GREATEST) {
        PyErr_SetString(PyExc_ValueError, "the rule is 0, 1 or 2");
        goto done;
    }
    if (nm_check_ids(source.data, source.size, n, "source") < 0 || nm_check_ids(target.data, target.size, n, "target") < 0)
        goto done;
    int64_t kept;
    Py_BEGIN_ALLOW_THREADS
    kept = merge(source.data, target.data, weights.data, source.size, n, rule);
    Py_END_ALLOW_THREADS
    out = kept < 0 ? PyErr_NoMemory() : PyLong_FromLongLong(kept);
done:
    nm_let_go(&source);
    nm_let_go(&target);
    nm_let_go(&weights);
    return out;
}

/* What one more tie would do to the distances of an undirected network, for many ties side by side. */
#include "_fast.h"

typedef struct {
    int64_t *near_u, *near_v;
    double *beyond;
} Sides;

/* Only nodes nearer to u than to v by two steps or more come nearer to anything, and only to nodes the other way round. */
static void gain_of(
    const double *distance, int64_t n, int64_t u, int64_t v, const Sides *s, double *gain, int64_t *nearer, int64_t *joined
) {
    const double *a = distance + u * n, *b = distance + v * n;
    int64_t left = 0, right = 0;
    for (int64_t i = 0; i < n; i++) {
        if (a[i] + 1 < b[i]) s->near_u[left++] = i;
        if (b[i] + 1 < a[i]) {
            s->beyond[right] = 1 + b[i];
            s->near_v[right++] = i;
        }
    }
    double sum = 0.0;
    int64_t better = 0, first = 0;
    for (int64_t i = 0; i < left; i++) {
        const double *row = distance + s->near_u[i] * n;
        double here = a[s->near_u[i]];
        for (int64_t j = 0; j < right; j++) {
            double before = row[s->near_v[j]], after = here + s->beyond[j];
            if (after < before) {
                sum += 1.0 / after - 1.0 / before;
                better++;
                first += before > (double)n;
            }
        }
    }
    *gain = sum;
    *nearer = better;
    *joined = first;
}

/* tie_gains(distance, n, first, second, gain, nearer, joined): for each pair of nodes what a tie between them would add to
   the sum of 1/distance, how many pairs it would bring nearer, and how many of these have no path now. */
PyObject *nm_tie_gains(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[6], *out = NULL;
    long long n;
    if (!PyArg_ParseTuple(args, "OLOOOOO:tie_gains", &o[0], &n, &o[1], &o[2], &o[3], &o[4], &o[5])) return NULL;
    Array distance = {0}, first = {0}, second = {0}, gain = {0}, nearer = {0}, joined = {0};
    Sides s = {0};
    if (n < 0 || n >= NM_MOST) {
        PyErr_SetString(PyExc_ValueError, "n is out of range");
        return NULL;
    }
    if (nm_take(&distance, o[0], 'd', 0, (int64_t)n * n, "distance") < 0 || nm_take(&first, o[1], 'i', 0, -1, "first") < 0 ||
        nm_take(&second, o[2], 'i', 0, first.size, "second") < 0 || nm_check_ids(first.data, first.size, n, "first") < 0 ||
        nm_check_ids(second.data, second.size, n, "second") < 0 || nm_take(&gain, o[3], 'd', 1, first.size, "gain") < 0 ||
        nm_take(&nearer, o[4], 'q', 1, first.size, "nearer") < 0 || nm_take(&joined, o[5], 'q', 1, first.size, "joined") < 0)
        goto done;
    s.near_u = nm_lines(((int64_t)n + 1) * 8);
    s.near_v = nm_lines(((int64_t)n + 1) * 8);
    s.beyond = nm_lines(((int64_t)n + 1) * 8);
    if (nm_check_memory(s.near_u) < 0 || nm_check_memory(s.near_v) < 0 || nm_check_memory(s.beyond) < 0) goto done;
    const int32_t *u = first.data, *v = second.data;
    double *g = gain.data;
    int64_t *k = nearer.data, *l = joined.data, pairs = first.size;
    Py_BEGIN_ALLOW_THREADS
    for (int64_t i = 0; i < pairs; i++) gain_of(distance.data, n, u[i], v[i], &s, &g[i], &k[i], &l[i]);
    Py_END_ALLOW_THREADS
    out = Py_NewRef(Py_None);
done:
    nm_free(s.near_u);
    nm_free(s.near_v);
    nm_free(s.beyond);
    nm_let_go(&distance);
    nm_let_go(&first);
    nm_let_go(&second);
    nm_let_go(&gain);
    nm_let_go(&nearer);
    nm_let_go(&joined);
    return out;
}

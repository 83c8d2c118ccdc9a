/* Labels, numbers and profiles dealt out at random over the nodes, and what the ties then join: one draw for each key.

   A draw deals by Fisher and Yates from the last place to the first; the key 0 leaves everything where it is. Every draw
   writes to places of its own and sums in the order of nodes or ties, so nothing hangs on which thread does which draw. */
#include <math.h>

#include "_fast.h"
#include "_fast_lanes.h"
#include "_fast_random.h"

/* What every kernel here is given: ends of ties, keys, and room for what is dealt. */
typedef struct {
    Array a, b, keys;
    int64_t n, m, draws;
    const int32_t *from, *to;
    const uint64_t *key;
} Ties;

static int take_ties(Ties *t, PyObject *a, PyObject *b, PyObject *keys, int64_t n) {
    if (n >= NM_MOST) {
        PyErr_SetString(PyExc_OverflowError, "2^31 nodes are too many");
        return -1;
    }
    if (nm_take(&t->a, a, 'i', 0, -1, "source") < 0 || nm_take(&t->b, b, 'i', 0, t->a.size, "target") < 0 ||
        nm_take(&t->keys, keys, 'q', 0, -1, "keys") < 0 || nm_check_ids(t->a.data, t->a.size, n, "source") < 0 ||
        nm_check_ids(t->b.data, t->b.size, n, "target") < 0)
        return -1;
    t->n = n, t->m = t->a.size, t->draws = t->keys.size;
    t->from = t->a.data, t->to = t->b.data, t->key = t->keys.data;
    return 0;
}

static void let_go_ties(Ties *t) {
    nm_let_go(&t->a);
    nm_let_go(&t->b);
    nm_let_go(&t->keys);
}

#define DEAL(dealt, type, n, key)                                   \
    do {                                                            \
        uint64_t state_ = (key);                                    \
        for (int64_t i_ = (n)-1; state_ != 0 && i_ > 0; i_--) {     \
            uint32_t j_ = nm_random_below(&state_, (uint32_t)i_ + 1); \
            type held_ = (dealt)[i_];                               \
            (dealt)[i_] = (dealt)[j_];                              \
            (dealt)[j_] = held_;                                    \
        }                                                           \
    } while (0)

/* dealings(keys, n, out): the place of what each node is dealt, one row of n a key. */
PyObject *nm_dealings(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[2], *out = NULL;
    long long n;
    if (!PyArg_ParseTuple(args, "OLO:dealings", &o[0], &n, &o[1])) return NULL;
    Array keys = {0}, rows = {0};
    if (n < 0 || n >= NM_MOST) {
        PyErr_SetString(PyExc_ValueError, "n has to lie between 0 and 2^31");
        return NULL;
    }
    if (nm_take(&keys, o[0], 'q', 0, -1, "keys") < 0) goto done;
    if (n > 0 && keys.size > INT64_MAX / 4 / n) {
        PyErr_SetString(PyExc_OverflowError, "so many dealings are too many");
        goto done;
    }
    if (nm_take(&rows, o[1], 'i', 1, keys.size * n, "out") < 0) goto done;
    const uint64_t *key = keys.data;
    Py_BEGIN_ALLOW_THREADS
    for (int64_t d = 0; d < keys.size; d++) {
        int32_t *row = (int32_t *)rows.data + d * n;
        for (int64_t v = 0; v < n; v++) row[v] = (int32_t)v;
        DEAL(row, int32_t, n, key[d]);
    }
    Py_END_ALLOW_THREADS
    out = Py_NewRef(Py_None);
done:
    nm_let_go(&keys);
    nm_let_go(&rows);
    return out;
}

/* label_tables(labels, groups, source, target, keys, tables): count the ties from each label to each, for every key. */
PyObject *nm_label_tables(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[5], *out = NULL;
    long long k;
    if (!PyArg_ParseTuple(args, "OLOOOO:label_tables", &o[0], &k, &o[1], &o[2], &o[3], &o[4])) return NULL;
    Ties t = {0};
    Array labels = {0}, tables = {0};
    if (k < 0 || k > 46340) {
        PyErr_SetString(PyExc_ValueError, "groups has to lie between 0 and 46340");
        return NULL;
    }
    if (nm_take(&labels, o[0], 'i', 0, -1, "labels") < 0 || nm_check_ids(labels.data, labels.size, k, "labels") < 0 ||
        take_ties(&t, o[1], o[2], o[3], labels.size) < 0)
        goto done;
    if (k > 0 && t.draws > INT64_MAX / 8 / (k * k)) {
        PyErr_SetString(PyExc_OverflowError, "so many tables are too many");
        goto done;
    }
    if (nm_take(&tables, o[4], 'q', 1, t.draws * k * k, "tables") < 0) goto done;
    int32_t *dealt;
    Py_BEGIN_ALLOW_THREADS
    dealt = nm_lines(t.n * 4);
    for (int64_t d = 0; d < t.draws && dealt != NULL; d++) {
        int64_t *table = (int64_t *)tables.data + d * k * k;
        memcpy(dealt, labels.data, (size_t)t.n * 4);
        DEAL(dealt, int32_t, t.n, t.key[d]);
        memset(table, 0, (size_t)(k * k) * 8);
        for (int64_t i = 0; i < t.m; i++) table[dealt[t.from[i]] * k + dealt[t.to[i]]]++;
    }
    nm_free(dealt);
    Py_END_ALLOW_THREADS
    if (nm_check_memory(dealt) == 0) out = Py_NewRef(Py_None);
done:
    let_go_ties(&t);
    nm_let_go(&labels);
    nm_let_go(&tables);
    return out;
}

/* label_likeness(labels, groups, source, target, directed, keys, alike, chance): for every key how many ties join equal
   labels, and the sum over labels of tie ends that start from it times tie ends that arrive (all ends where undirected). */
PyObject *nm_label_likeness(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[6], *out = NULL;
    long long k;
    int directed;
    if (!PyArg_ParseTuple(args, "OLOOpOOO:label_likeness", &o[0], &k, &o[1], &o[2], &directed, &o[3], &o[4], &o[5])) return NULL;
    Ties t = {0};
    Array labels = {0}, alike = {0}, chance = {0};
    if (k < 0 || k >= NM_MOST) {
        PyErr_SetString(PyExc_ValueError, "groups has to lie between 0 and 2^31");
        return NULL;
    }
    if (nm_take(&labels, o[0], 'i', 0, -1, "labels") < 0 || nm_check_ids(labels.data, labels.size, k, "labels") < 0 ||
        take_ties(&t, o[1], o[2], o[3], labels.size) < 0 || nm_take(&alike, o[4], 'q', 1, t.draws, "alike") < 0 ||
        nm_take(&chance, o[5], 'd', 1, t.draws, "chance") < 0)
        goto done;
    int32_t *dealt;
    int64_t *ends, *sums;
    Py_BEGIN_ALLOW_THREADS
    dealt = nm_lines(t.n * 4);
    ends = nm_lines(t.n * 16);
    sums = nm_lines(k * 16);
    int there = dealt != NULL && ends != NULL && sums != NULL;
    for (int64_t i = 0; i < t.m && there; i++) {
        ends[2 * (int64_t)t.from[i]]++;
        ends[2 * (int64_t)t.to[i] + directed]++;
    }
    for (int64_t d = 0; d < t.draws && there; d++) {
        memcpy(dealt, labels.data, (size_t)t.n * 4);
        DEAL(dealt, int32_t, t.n, t.key[d]);
        int64_t same = 0;
        for (int64_t i = 0; i < t.m; i++) same += dealt[t.from[i]] == dealt[t.to[i]];
        ((int64_t *)alike.data)[d] = same;
        memset(sums, 0, (size_t)k * 16);
        for (int64_t v = 0; v < t.n; v++) {
            int64_t g = 2 * (int64_t)dealt[v];
            sums[g] += ends[2 * v];
            sums[g + 1] += ends[2 * v + 1];
        }
        double total = 0.0;
        for (int64_t g = 0; g < k; g++) total += (double)sums[2 * g] * (double)sums[2 * g + directed];
        ((double *)chance.data)[d] = total;
    }
    nm_free(dealt);
    nm_free(ends);
    nm_free(sums);
    Py_END_ALLOW_THREADS
    if (nm_check_memory(dealt) == 0 && nm_check_memory(ends) == 0 && nm_check_memory(sums) == 0) out = Py_NewRef(Py_None);
done:
    let_go_ties(&t);
    nm_let_go(&labels);
    nm_let_go(&alike);
    nm_let_go(&chance);
    return out;
}

/* number_sums(values, source, target, rows, weights, keys, cross, sums, squares): for every key the sum over ties of the product
   of both ends, and for each row of weights (one a node) the weighted sum of the numbers and of their squares. */
PyObject *nm_number_sums(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[8], *out = NULL;
    long long rows;
    if (!PyArg_ParseTuple(args, "OOOLOOOOO:number_sums", &o[0], &o[1], &o[2], &rows, &o[3], &o[4], &o[5], &o[6], &o[7]))
        return NULL;
    Ties t = {0};
    Array values = {0}, weights = {0}, cross = {0}, sums = {0}, squares = {0};
    if (rows < 0 || rows >= NM_MOST) {
        PyErr_SetString(PyExc_ValueError, "rows has to lie between 0 and 2^31");
        return NULL;
    }
    if (nm_take(&values, o[0], 'd', 0, -1, "values") < 0 || take_ties(&t, o[1], o[2], o[4], values.size) < 0 ||
        nm_take(&weights, o[3], 'd', 0, rows * t.n, "weights") < 0 || nm_take(&cross, o[5], 'd', 1, t.draws, "cross") < 0)
        goto done;
    if (rows > 0 && t.draws > INT64_MAX / 8 / rows) {
        PyErr_SetString(PyExc_OverflowError, "so many sums are too many");
        goto done;
    }
    if (nm_take(&sums, o[6], 'd', 1, t.draws * rows, "sums") < 0 || nm_take(&squares, o[7], 'd', 1, t.draws * rows, "squares") < 0)
        goto done;
    double *dealt;
    Py_BEGIN_ALLOW_THREADS
    dealt = nm_lines(t.n * 8);
    for (int64_t d = 0; d < t.draws && dealt != NULL; d++) {
        memcpy(dealt, values.data, (size_t)t.n * 8);
        DEAL(dealt, double, t.n, t.key[d]);
        double total = 0.0;
        for (int64_t i = 0; i < t.m; i++) total += dealt[t.from[i]] * dealt[t.to[i]];
        ((double *)cross.data)[d] = total;
        for (int64_t r = 0; r < rows; r++) {
            const double *w = (const double *)weights.data + r * t.n;
            double sum = 0.0, square = 0.0;
            for (int64_t v = 0; v < t.n; v++) {
                sum += w[v] * dealt[v];
                square += w[v] * (dealt[v] * dealt[v]);
            }
            ((double *)sums.data)[d * rows + r] = sum;
            ((double *)squares.data)[d * rows + r] = square;
        }
    }
    nm_free(dealt);
    Py_END_ALLOW_THREADS
    if (nm_check_memory(dealt) == 0) out = Py_NewRef(Py_None);
done:
    let_go_ties(&t);
    nm_let_go(&values);
    nm_let_go(&weights);
    nm_let_go(&cross);
    nm_let_go(&sums);
    nm_let_go(&squares);
    return out;
}

/* Profiles as rows of eight numbers at a time, so many that all items fit; what is not known, and the rest, is NaN. */
typedef struct {
    int64_t wide; /* numbers a row */
    const double *rows, *weights;
    double least; /* items both must know */
} Profiles;

/* Weighted distance over the items both know, the weight of these and their number, each lane by lane in one order. */
NM_INLINE double gower(const Profiles *p, const double *x, const double *y) {
    double apart[LANES] = {0}, weight[LANES] = {0}, shared[LANES] = {0};
    for (int64_t i = 0; i < p->wide; i += LANES)
        for (int l = 0; l < LANES; l++) {
            double off = fabs(x[i + l] - y[i + l]), w = p->weights[i + l];
            int known = off == off;
            apart[l] += known ? w * off : 0.0;
            weight[l] += known ? w : 0.0;
            shared[l] += known ? 1.0 : 0.0;
        }
    double a = ((apart[0] + apart[4]) + (apart[2] + apart[6])) + ((apart[1] + apart[5]) + (apart[3] + apart[7]));
    double w = ((weight[0] + weight[4]) + (weight[2] + weight[6])) + ((weight[1] + weight[5]) + (weight[3] + weight[7]));
    double s = ((shared[0] + shared[4]) + (shared[2] + shared[6])) + ((shared[1] + shared[5]) + (shared[3] + shared[7]));
    return s >= p->least && w > 0.0 ? 1.0 - a / w : (double)NAN;
}

NM_CLONES static void profile_draw(const Profiles *p, const Ties *t, const double *strength, const int32_t *seat, double *mean) {
    double sum = 0.0, total = 0.0;
    for (int64_t i = 0; i < t->m; i++) {
        double s = gower(p, p->rows + seat[t->from[i]] * p->wide, p->rows + seat[t->to[i]] * p->wide);
        if (s == s) {
            sum += strength[i] * s;
            total += strength[i];
        }
    }
    *mean = total > 0.0 ? sum / total : (double)NAN;
}

/* profile_means(profiles, weights, least, source, target, strength, keys, means): for every key the mean, by strength, of
   1 less the weighted distance of both ends' profiles over the items both know, of ties that share `least` of them.
   profiles: nodes by items, and weights, padded with NaN and 0 to a multiple of eight items. */
PyObject *nm_profile_means(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[7], *out = NULL;
    Profiles p = {0};
    if (!PyArg_ParseTuple(args, "OOdOOOOO:profile_means", &o[0], &o[1], &p.least, &o[2], &o[3], &o[4], &o[5], &o[6])) return NULL;
    Ties t = {0};
    Array rows = {0}, weights = {0}, strength = {0}, means = {0};
    if (nm_take(&rows, o[0], 'd', 0, -1, "profiles") < 0 || nm_take(&weights, o[1], 'd', 0, -1, "weights") < 0) goto done;
    p.wide = weights.size;
    if (p.wide == 0 || p.wide % LANES != 0 || rows.size % p.wide != 0) {
        PyErr_SetString(PyExc_ValueError, "profiles has to hold a multiple of eight items a node, and weights one for each");
        goto done;
    }
    if (take_ties(&t, o[2], o[3], o[5], rows.size / p.wide) < 0 || nm_take(&strength, o[4], 'd', 0, t.m, "strength") < 0 ||
        nm_take(&means, o[6], 'd', 1, t.draws, "means") < 0)
        goto done;
    p.weights = weights.data;
    int32_t *seat;
    double *own;
    Py_BEGIN_ALLOW_THREADS
    seat = nm_lines(t.n * 4);
    /* Rows that start on a cache line are read with one or two misses less. */
    own = nm_lines(rows.size * 8);
    if (seat != NULL && own != NULL) {
        memcpy(own, rows.data, (size_t)rows.size * 8);
        p.rows = own;
        for (int64_t d = 0; d < t.draws; d++) {
            for (int64_t v = 0; v < t.n; v++) seat[v] = (int32_t)v;
            DEAL(seat, int32_t, t.n, t.key[d]);
            profile_draw(&p, &t, strength.data, seat, (double *)means.data + d);
        }
    }
    nm_free(seat);
    nm_free(own);
    Py_END_ALLOW_THREADS
    if (nm_check_memory(seat) == 0 && nm_check_memory(own) == 0) out = Py_NewRef(Py_None);
done:
    let_go_ties(&t);
    nm_let_go(&rows);
    nm_let_go(&weights);
    nm_let_go(&strength);
    nm_let_go(&means);
    return out;
}

/* matrix_means(matrix, n, source, target, strength, keys, means): the same of a table of similarities, NaN where undefined. */
PyObject *nm_matrix_means(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[6], *out = NULL;
    long long n;
    if (!PyArg_ParseTuple(args, "OLOOOOO:matrix_means", &o[0], &n, &o[1], &o[2], &o[3], &o[4], &o[5])) return NULL;
    Ties t = {0};
    Array matrix = {0}, strength = {0}, means = {0};
    if (n < 0 || n >= NM_MOST) {
        PyErr_SetString(PyExc_ValueError, "n has to lie between 0 and 2^31");
        return NULL;
    }
    if (nm_take(&matrix, o[0], 'd', 0, n * n, "matrix") < 0 || take_ties(&t, o[1], o[2], o[4], n) < 0 ||
        nm_take(&strength, o[3], 'd', 0, t.m, "strength") < 0 || nm_take(&means, o[5], 'd', 1, t.draws, "means") < 0)
        goto done;
    int32_t *seat;
    const double *similarity = matrix.data, *w = strength.data;
    Py_BEGIN_ALLOW_THREADS
    seat = nm_lines(t.n * 4);
    for (int64_t d = 0; d < t.draws && seat != NULL; d++) {
        for (int64_t v = 0; v < t.n; v++) seat[v] = (int32_t)v;
        DEAL(seat, int32_t, t.n, t.key[d]);
        double sum = 0.0, total = 0.0;
        for (int64_t i = 0; i < t.m; i++) {
            double s = similarity[seat[t.from[i]] * t.n + seat[t.to[i]]];
            if (s == s) {
                sum += w[i] * s;
                total += w[i];
            }
        }
        ((double *)means.data)[d] = total > 0.0 ? sum / total : (double)NAN;
    }
    nm_free(seat);
    Py_END_ALLOW_THREADS
    if (nm_check_memory(seat) == 0) out = Py_NewRef(Py_None);
done:
    let_go_ties(&t);
    nm_let_go(&matrix);
    nm_let_go(&strength);
    nm_let_go(&means);
    return out;
}

/* What follows from the triangles of an undirected graph for its nodes and ties: shared neighbours, closure with and
   without strengths, Burt's constraint and effective size, and closed paths by group, all in one pass. */
#include <math.h>

#include "_fast_triangles.h"

void nm_forward_free(Forward *f) {
    nm_free(f->start);
    nm_free(f->head);
    nm_free(f->arc);
    nm_free(f->back);
    nm_free(f->place);
    nm_free(f->mark);
}

/* A number that every pair of nodes gives anew: what one direction adds the other takes away. */
static uint64_t trace(int64_t low, int64_t high) {
    uint64_t x = (uint64_t)low << 32 ^ (uint64_t)high;
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

int nm_forward_make(Forward *f, const Graph *g) {
    /* Where the next arc into each node comes from, and how many there are: rows ascend, so arcs back come in order. */
    typedef struct {
        int32_t next, degree;
    } Row;
    Row *rows = nm_lines(g->n * (int64_t)sizeof(Row));
    f->start = nm_lines((g->n + 1) * 4);
    f->head = nm_lines((g->arcs / 2 + 1) * 4);
    f->arc = nm_lines((g->arcs / 2 + 1) * 4);
    f->back = nm_lines((g->arcs / 2 + 1) * 4);
    f->place = nm_lines(g->n * 4);
    f->mark = nm_lines((g->n / 64 + 1) * 8);
    int failed = !rows || !f->start || !f->head || !f->arc || !f->back || !f->place || !f->mark ? -1 : 0;
    for (int64_t v = 0; v < g->n && !failed; v++) {
        rows[v].next = (int32_t)g->indptr[v];
        rows[v].degree = (int32_t)(g->indptr[v + 1] - g->indptr[v]);
    }
    int32_t used = 0;
    uint64_t open = 0;
    for (int64_t u = 0; u < g->n && !failed; u++) {
        int32_t mine = rows[u].degree, before = -1;
        for (int64_t a = g->indptr[u]; a < g->indptr[u + 1]; a++) {
            int32_t v = g->indices[a], its = rows[v].degree, back = rows[v].next++;
            if (a + 16 < g->arcs) NM_PREFETCH(&rows[g->indices[a + 16]]);
            if (v <= before || v == u || back >= g->arcs) {
                failed = -2;
                break;
            }
            before = v;
            open += u < v ? trace(u, v) : 0 - trace(v, u);
            if (mine < its || (mine == its && u < v)) {
                if (used == g->arcs / 2) {
                    failed = -2;
                    break;
                }
                f->head[used] = v;
                f->arc[used] = (int32_t)a;
                f->back[used++] = back;
            }
        }
        f->start[u + 1] = used;
    }
    nm_free(rows);
    return failed || open == 0 ? failed : -2;
}

PyObject *nm_forward_done(int failed) {
    if (failed == -1) return PyErr_NoMemory();
    if (failed == -2) {
        PyErr_SetString(PyExc_ValueError, "the graph has to hold every tie both ways, in ascending rows without loops");
        return NULL;
    }
    return Py_NewRef(Py_None);
}

/* -- products on arcs ------------------------------------------------------------------------------------------ */

typedef struct {
    const Forward *f;
    const double *left, *right;
    double *total;
} Products;

NM_INLINE void add_products(void *context, int32_t u, int32_t v, int32_t w, int32_t i, int32_t k, int32_t j) {
    (void)u, (void)v, (void)w;
    Products *p = context;
    const double *left = p->left, *right = p->right;
    int32_t uv = p->f->arc[i], vu = p->f->back[i], uw = p->f->arc[k], wu = p->f->back[k];
    int32_t vw = p->f->arc[j], wv = p->f->back[j];
    p->total[uv] += left[uw] * right[wv];
    p->total[vu] += left[vw] * right[wu];
    p->total[uw] += left[uv] * right[vw];
    p->total[wu] += left[wv] * right[vu];
    p->total[vw] += left[vu] * right[uw];
    p->total[wv] += left[wu] * right[uv];
}

/* arc_products(indptr, indices, left, right, total): add to every arc i to j the sum over q of left(i, q) right(q, j). */
PyObject *nm_arc_products(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[5], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOOOO:arc_products", &o[0], &o[1], &o[2], &o[3], &o[4])) return NULL;
    Graph g = {0};
    Array left = {0}, right = {0}, total = {0};
    Forward f = {0};
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&left, o[2], 'd', 0, g.arcs, "left") < 0 ||
        nm_take(&right, o[3], 'd', 0, g.arcs, "right") < 0 || nm_take(&total, o[4], 'd', 1, g.arcs, "total") < 0)
        goto done;
    Products p = {&f, left.data, right.data, total.data};
    int failed;
    Py_BEGIN_ALLOW_THREADS
    failed = nm_forward_make(&f, &g);
    if (!failed) nm_each_triangle(&f, g.n, add_products, &p);
    nm_forward_free(&f);
    Py_END_ALLOW_THREADS
    out = nm_forward_done(failed);
done:
    nm_let_go_graph(&g);
    nm_let_go(&left);
    nm_let_go(&right);
    nm_let_go(&total);
    return out;
}

/* -- the one pass ---------------------------------------------------------------------------------------------- */

enum { SHARED = 1, STRENGTHS = 2, ROLES = 4 };

/* What is known and gathered of a forward tie, and of a node: one visit each brings all of it. */
typedef struct {
    double strength, root, reach; /* reach: sum over third nodes q of strength(i, q) strength(q, j) / strength of q */
    int32_t shared;
} Tie;

typedef struct {
    double per_strength, per_greatest; /* 1 / the node's strength, 1 / its strongest tie */
    double roots, lost;
    int64_t own, ends, mixed; /* triangles within its group, with both others in one other group, with one other in its */
    int32_t label;
} Node;

typedef struct {
    Tie *ties;
    Node *nodes;
} Pass;

NM_INLINE void add_groups(Node *u, Node *v, Node *w) {
    int uv = u->label == v->label, uw = u->label == w->label, vw = v->label == w->label;
    int all = uv & uw;
    u->own += all;
    v->own += all;
    w->own += all;
    u->ends += vw & !all;
    v->ends += uw & !all;
    w->ends += uv & !all;
    u->mixed += uv ^ uw;
    v->mixed += uv ^ vw;
    w->mixed += uw ^ vw;
}

NM_INLINE void add_triangle(Pass *p, int wanted, int32_t u, int32_t v, int32_t w, int32_t uv, int32_t uw, int32_t vw) {
    Tie *one = &p->ties[uv], *two = &p->ties[uw], *three = &p->ties[vw];
    if (wanted & SHARED) {
        one->shared++;
        two->shared++;
        three->shared++;
    }
    if (!(wanted & (STRENGTHS | ROLES))) return;
    Node *a = &p->nodes[u], *b = &p->nodes[v], *c = &p->nodes[w];
    if (wanted & STRENGTHS) {
        double at_u = one->strength * two->strength, at_v = one->strength * three->strength;
        double at_w = two->strength * three->strength, root = one->root * two->root * three->root;
        one->reach += at_w * c->per_strength;
        two->reach += at_v * b->per_strength;
        three->reach += at_u * a->per_strength;
        a->lost += at_w * b->per_greatest + at_v * c->per_greatest;
        b->lost += at_w * a->per_greatest + at_u * c->per_greatest;
        c->lost += at_v * a->per_greatest + at_u * b->per_greatest;
        a->roots += root;
        b->roots += root;
        c->roots += root;
    }
    if (wanted & ROLES) add_groups(a, b, c);
}

#define VARIANT(name, wanted)                                                                                          \
    NM_INLINE void name(void *p, int32_t u, int32_t v, int32_t w, int32_t uv, int32_t uw, int32_t vw) {                \
        add_triangle(p, wanted, u, v, w, uv, uw, vw);                                                                  \
    }
VARIANT(add_shared, SHARED)
VARIANT(add_strengths, SHARED | STRENGTHS)
VARIANT(add_roles, SHARED | ROLES)
VARIANT(add_all, SHARED | STRENGTHS | ROLES)

static void run(Pass *p, int wanted, const Forward *f, int64_t n) {
    if (wanted & STRENGTHS && wanted & ROLES) nm_each_triangle(f, n, add_all, p);
    else if (wanted & STRENGTHS) nm_each_triangle(f, n, add_strengths, p);
    else if (wanted & ROLES) nm_each_triangle(f, n, add_roles, p);
    else nm_each_triangle(f, n, add_shared, p);
}

/* Where the results go; any may be missing. */
typedef struct {
    int32_t *shared;                                  /* one an arc */
    double *parts;                                    /* one an arc: how much its head constrains its tail */
    int64_t *closed;                                  /* the rest one a node: triangles */
    double *barrat, *onnela, *constraint, *lost, *roles;
} Results;

/* Cube roots, kept by a few bits of what they are of: strengths have few distinct values as a rule. */
typedef struct {
    double of[256], root[256];
} Roots;

static double root_of(Roots *roots, double x) {
    uint64_t bits;
    memcpy(&bits, &x, 8);
    int64_t place = (int64_t)((bits * UINT64_C(0x9e3779b97f4a7c15)) >> 56);
    if (roots->of[place] != x) {
        roots->of[place] = x;
        roots->root[place] = cbrt(x);
    }
    return roots->root[place];
}

static void prepare(Pass *p, int wanted, const Graph *g, const Forward *f, const double *weights, const int32_t *labels) {
    double greatest = 0.0;
    Roots roots;
    memset(&roots, 0, sizeof roots);
    for (int64_t v = 0; v < g->n; v++) {
        Node *node = &p->nodes[v];
        if (labels != NULL) node->label = labels[v];
        if (!(wanted & STRENGTHS) || g->indptr[v] == g->indptr[v + 1]) continue;
        double sum = 0.0, most = 0.0;
        for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++) {
            sum += weights[a];
            if (weights[a] > most) most = weights[a];
        }
        node->per_strength = 1.0 / sum;
        node->per_greatest = 1.0 / most;
        if (most > greatest) greatest = most;
    }
    if (weights != NULL)
        for (int32_t i = 0; i < f->start[g->n]; i++) {
            p->ties[i].strength = weights[f->arc[i]];
            if (wanted & STRENGTHS) p->ties[i].root = root_of(&roots, p->ties[i].strength / greatest);
        }
}

static void clear(void *values, int64_t count) {
    if (values != NULL) memset(values, 0, (size_t)count * 8);
}

static void give(const Pass *p, const Graph *g, const Forward *f, const Results *r) {
    clear(r->closed, g->n);
    clear(r->barrat, g->n);
    clear(r->constraint, g->n);
    int32_t ties = f->start[g->n];
    for (int64_t u = 0; u < g->n; u++)
        for (int32_t i = f->start[u]; i < f->start[u + 1]; i++) {
            const Tie *tie = &p->ties[i];
            int32_t v = f->head[i];
            if (i + 16 < ties) {
                NM_PREFETCH(&p->nodes[f->head[i + 16]]);
                if (r->shared != NULL) NM_PREFETCH(&r->shared[f->back[i + 16]]);
                if (r->constraint != NULL) NM_PREFETCH(&r->constraint[f->head[i + 16]]);
            }
            if (r->shared != NULL) r->shared[f->arc[i]] = r->shared[f->back[i]] = tie->shared;
            if (r->closed != NULL && tie->shared) {
                r->closed[u] += tie->shared;
                r->closed[v] += tie->shared;
            }
            if (r->barrat != NULL && tie->shared) {
                r->barrat[u] += tie->strength * tie->shared;
                r->barrat[v] += tie->strength * tie->shared;
            }
            if (r->parts == NULL && r->constraint == NULL) continue;
            double of_u = (tie->strength + tie->reach) * p->nodes[u].per_strength;
            double of_v = (tie->strength + tie->reach) * p->nodes[v].per_strength;
            if (r->parts != NULL) {
                r->parts[f->arc[i]] = of_u * of_u;
                r->parts[f->back[i]] = of_v * of_v;
            }
            if (r->constraint != NULL) {
                r->constraint[u] += of_u * of_u;
                r->constraint[v] += of_v * of_v;
            }
        }
    for (int64_t v = 0; v < g->n; v++) {
        const Node *node = &p->nodes[v];
        /* Every triangle was counted at both of a node's ties. */
        if (r->closed != NULL) r->closed[v] /= 2;
        if (r->onnela != NULL) r->onnela[v] = node->roots;
        if (r->lost != NULL) r->lost[v] = node->lost * node->per_strength;
        if (r->roles != NULL) {
            /* Coordinator, consultant, representative, gatekeeper, liaison: ordered pairs of the two others. */
            double *role = &r->roles[5 * v];
            role[0] = 2.0 * (double)node->own;
            role[1] = 2.0 * (double)node->ends;
            role[2] = role[3] = (double)node->mixed;
            role[4] = 2.0 * (double)(r->closed[v] - node->own - node->ends - node->mixed);
        }
    }
}

/* triangles(indptr, indices, weights, labels, shared, parts, closed, barrat, onnela, constraint, lost, roles): one pass
   over all triangles. Of the arrays from `weights` on any may be None; what needs them then has to be None too. */
PyObject *nm_triangles(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[12], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOOOOOOOOOOO:triangles", &o[0], &o[1], &o[2], &o[3], &o[4], &o[5], &o[6], &o[7], &o[8],
                          &o[9], &o[10], &o[11]))
        return NULL;
    static const char *const names[] = {"weights", "labels", "shared",     "parts", "closed",
                                        "barrat",  "onnela", "constraint", "lost",  "roles"};
    static const char kinds[] = "diidqddddd";
    Graph g = {0};
    Array array[10];
    memset(array, 0, sizeof array);
    Forward f = {0};
    if (nm_take_graph(&g, o[0], o[1]) < 0) goto done;
    int64_t sizes[] = {g.arcs, g.n, g.arcs, g.arcs, g.n, g.n, g.n, g.n, g.n, 5 * g.n};
    for (int i = 0; i < 10; i++)
        if (nm_take_optional(&array[i], o[2 + i], kinds[i], i > 1, sizes[i], names[i]) < 0) goto done;
    const double *weights = array[0].data;
    const int32_t *labels = array[1].data;
    Results r = {array[2].data, array[3].data, array[4].data, array[5].data,
                 array[6].data, array[7].data, array[8].data, array[9].data};
    if ((r.roles != NULL && (labels == NULL || r.closed == NULL)) ||
        (weights == NULL && (r.parts || r.barrat || r.onnela || r.constraint || r.lost))) {
        PyErr_SetString(PyExc_ValueError, "roles need labels and closed; measures of strengths need weights");
        goto done;
    }
    int wanted = SHARED | (r.parts || r.onnela || r.constraint || r.lost ? STRENGTHS : 0) | (r.roles ? ROLES : 0);
    int failed;
    Py_BEGIN_ALLOW_THREADS
    failed = nm_forward_make(&f, &g);
    Pass p = {NULL, NULL};
    if (!failed) {
        p.ties = nm_lines((f.start[g.n] + INT64_C(1)) * (int64_t)sizeof(Tie));
        p.nodes = nm_lines((g.n + 1) * (int64_t)sizeof(Node));
        if (p.ties == NULL || p.nodes == NULL) failed = -1;
    }
    if (!failed) {
        prepare(&p, wanted, &g, &f, weights, labels);
        run(&p, wanted, &f, g.n);
        give(&p, &g, &f, &r);
    }
    nm_free(p.ties);
    nm_free(p.nodes);
    nm_forward_free(&f);
    Py_END_ALLOW_THREADS
    out = nm_forward_done(failed);
done:
    nm_let_go_graph(&g);
    for (int i = 0; i < 10; i++) nm_let_go(&array[i]);
    return out;
}

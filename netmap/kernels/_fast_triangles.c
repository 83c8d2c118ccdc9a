/* What follows from the triangles of an undirected graph for its nodes and ties: shared neighbours, closure with and
   without strengths, Burt's constraint and effective size, and closed paths by group, all in one pass. */
#include <math.h>

#include "_fast_triangles.h"

void nm_forward_free(Forward *f) {
    nm_free(f->order);
    nm_free(f->start);
    nm_free(f->low);
    nm_free(f->name);
    nm_free(f->mark);
    nm_free(f->list);
    nm_free(f->later);
}

/* Sort the nodes by how many arcs they have; `most` is the greatest number. */
static int by_degree(const Graph *g, int64_t most, int32_t *order) {
    int32_t *place = nm_lines((most + 2) * 4);
    if (place == NULL) return -1;
    for (int64_t v = 0; v < g->n; v++) place[g->indptr[v + 1] - g->indptr[v] + 1]++;
    for (int64_t d = 0; d < most; d++) place[d + 1] += place[d];
    for (int64_t v = 0; v < g->n; v++) order[place[g->indptr[v + 1] - g->indptr[v]]++] = (int32_t)v;
    nm_free(place);
    return 0;
}

int nm_forward_make(Forward *f, const Graph *g, const int32_t *number) {
    int64_t most = 0, half = g->arcs / 2;
    for (int64_t v = 0; v < g->n; v++)
        if (g->indptr[v + 1] - g->indptr[v] > most) most = g->indptr[v + 1] - g->indptr[v];
    f->n = g->n;
    f->ties = (int32_t)half;
    f->order = nm_lines(g->n * 4);
    f->start = nm_lines((g->n + 1) * 4);
    /* All arcs of a row are written, and those to later nodes over again. */
    f->low = nm_lines((half + most + 1) * 4);
    f->name = nm_lines((half + most + 1) * 4);
    f->mark = nm_lines(g->n * 4);
    f->list = nm_lines(g->n * (int64_t)sizeof(List));
    f->later = nm_lines((half + 1) * (int64_t)sizeof(Later));
    uint64_t *taken = nm_lines((g->n / 64 + 1) * 8);
    int failed = !f->order || !f->start || !f->low || !f->name || !f->mark || !f->list || !f->later || !taken ? -1 : 0;
    if (!failed) failed = by_degree(g, most, f->order);
    int64_t used = 0, listed = 0;
    int falls = 0;
    for (int64_t i = 0; i < g->n && !failed; i++) {
        int32_t w = f->order[i];
        int64_t first = g->indptr[w], last = g->indptr[w + 1], before = used;
        int32_t left = -1;
        if (i + 16 < g->n) {
            NM_PREFETCH(&g->indptr[f->order[i + 16]]);
            int64_t soon = g->indptr[f->order[i + 8]];
            NM_PREFETCH(&g->indices[soon]);
            if (number != NULL) NM_PREFETCH(&number[soon]);
        }
        for (int64_t a = first; a < last; a++) {
            int32_t u = g->indices[a];
            falls |= u <= left;
            left = u;
            f->low[used] = u;
            f->name[used] = number == NULL ? (int32_t)a : number[a];
            used += taken[u >> 6] >> (u & 63) & 1;
        }
        taken[w >> 6] |= UINT64_C(1) << (w & 63);
        f->list[w].first = f->list[w].next = (int32_t)listed;
        listed += last - first - (used - before);
        if (used > half || listed > half) failed = -2;
        f->start[i + 1] = (int32_t)used;
    }
    nm_free(taken);
    return failed || (used == half && g->arcs == 2 * half && !falls) ? failed : -2;
}

int nm_mates(const Graph *g, int32_t *mate) {
    /* The next arc of each row that is to lead back to an earlier node: those come in order. */
    int32_t *next = nm_lines(g->n * 4);
    int failed = next == NULL ? -1 : 0;
    for (int64_t v = 0; v < g->n && !failed; v++) next[v] = (int32_t)g->indptr[v];
    for (int64_t u = 0; u < g->n && !failed; u++) {
        int64_t last = g->indptr[u + 1];
        int32_t before = (int32_t)u;
        failed = next[u] > last ? -2 : 0;
        for (int64_t a = next[u]; a < last; a++) {
            int32_t v = g->indices[a];
            if (a + 32 < g->arcs) {
                NM_PREFETCH(&next[g->indices[a + 32]]);
                NM_PREFETCH(&g->indices[next[g->indices[a + 16]]]);
            }
            int64_t back = v > before ? next[v]++ : g->arcs;
            if (back >= g->arcs || g->indices[back] != u) {
                failed = -2;
                break;
            }
            before = v;
            mate[a] = (int32_t)back;
            mate[back] = (int32_t)a;
        }
    }
    nm_free(next);
    return failed;
}

PyObject *nm_forward_done(int failed) {
    if (failed == -1) return PyErr_NoMemory();
    if (failed == -2) {
        PyErr_SetString(PyExc_ValueError, "the graph has to hold every tie both ways, in ascending rows without loops, by a number of its own");
        return NULL;
    }
    return Py_NewRef(Py_None);
}

/* -- products on arcs ------------------------------------------------------------------------------------------ */

typedef struct {
    const int32_t *mate;
    const double *left, *right;
    double *total;
} Products;

NM_INLINE void add_products(void *context, int32_t u, int32_t v, int32_t w, int32_t vu, int32_t wu, int32_t wv) {
    (void)u, (void)v, (void)w;
    Products *p = context;
    const double *left = p->left, *right = p->right;
    int32_t uv = p->mate[vu], uw = p->mate[wu], vw = p->mate[wv];
    p->total[uv] += left[uw] * right[wv];
    p->total[vu] += left[vw] * right[wu];
    p->total[uw] += left[uv] * right[vw];
    p->total[wu] += left[wv] * right[vu];
    p->total[vw] += left[vu] * right[uw];
    p->total[wv] += left[wu] * right[uv];
}

/* arc_products(indptr, indices, left, right, total, stop): add to every arc i to j the sum over q of left(i, q) right(q, j).
   In every function here `stop` holds one number that another thread may set, or is None. */
PyObject *nm_arc_products(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[6], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOOOOO:arc_products", &o[0], &o[1], &o[2], &o[3], &o[4], &o[5])) return NULL;
    Graph g = {0};
    Array left = {0}, right = {0}, total = {0}, stop = {0};
    Forward f = {0};
    Pause pause;
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&left, o[2], 'd', 0, g.arcs, "left") < 0 ||
        nm_take(&right, o[3], 'd', 0, g.arcs, "right") < 0 || nm_take(&total, o[4], 'd', 1, g.arcs, "total") < 0 ||
        nm_take_optional(&stop, o[5], 'i', 0, 1, "stop") < 0)
        goto done;
    nm_go(&pause, &stop);
    int32_t *mate = nm_lines(g.arcs * 4);
    int failed = mate == NULL ? -1 : nm_mates(&g, mate);
    if (!failed) failed = nm_forward_make(&f, &g, NULL);
    Products p = {mate, left.data, right.data, total.data};
    if (!failed) failed = nm_each_triangle(&f, &pause, nm_nothing_ahead, add_products, &p);
    nm_forward_free(&f);
    nm_free(mate);
    if (nm_end(&pause, 0) == 0) out = nm_forward_done(failed);
done:
    nm_let_go_graph(&g);
    nm_let_go(&left);
    nm_let_go(&right);
    nm_let_go(&total);
    nm_let_go(&stop);
    return out;
}

/* -- the one pass ---------------------------------------------------------------------------------------------- */

enum { STRENGTHS = 1, ROLES = 2 };

/* What is gathered of a tie, and what is known and gathered of a node: one visit each brings all of it. Ties are made small:
   more of them are at hand. */
typedef struct {
    double reach;   /* sum over third nodes q of strength(i, q) strength(q, j) / strength of q */
    int32_t shared; /* nodes tied to both ends */
    int32_t amount; /* its strength, as a place in a list */
} Tie;

/* A strength and the cube root of its share of the greatest. */
typedef struct {
    double strength, root;
} Amount;

typedef struct {
    double per_strength, per_greatest; /* 1 / the node's strength, 1 / its strongest tie */
    double roots, lost;
    int64_t own, ends, mixed; /* triangles within its group, with both others in one other group, with one other in its */
    int32_t label;
} Node;

/* One each for every tie by its number: ties where strengths are wanted, else only how many nodes are tied to both ends. */
typedef struct {
    Tie *ties;
    int32_t *shared;
    Node *nodes;
    Amount *amounts;
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
    if (!(wanted & STRENGTHS)) {
        p->shared[uv]++;
        p->shared[uw]++;
        p->shared[vw]++;
    }
    if (!wanted) return;
    Node *a = &p->nodes[u], *b = &p->nodes[v], *c = &p->nodes[w];
    if (wanted & STRENGTHS) {
        Tie *one = &p->ties[uv], *two = &p->ties[uw], *three = &p->ties[vw];
        one->shared++;
        two->shared++;
        three->shared++;
        const Amount *x = &p->amounts[one->amount], *y = &p->amounts[two->amount], *z = &p->amounts[three->amount];
        double at_u = x->strength * y->strength, at_v = x->strength * z->strength;
        double at_w = y->strength * z->strength, root = x->root * y->root * z->root;
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

NM_INLINE void ask(Pass *p, int wanted, int32_t u, int32_t v, int32_t w, int32_t uv, int32_t uw, int32_t vw) {
    if (!(wanted & STRENGTHS)) {
        NM_PREFETCH(&p->shared[uv]);
        NM_PREFETCH(&p->shared[uw]);
        NM_PREFETCH(&p->shared[vw]);
    } else {
        NM_PREFETCH(&p->ties[uv]);
        NM_PREFETCH(&p->ties[uw]);
        NM_PREFETCH(&p->ties[vw]);
    }
    if (wanted) {
        NM_PREFETCH(&p->nodes[u]);
        NM_PREFETCH(&p->nodes[v]);
        NM_PREFETCH(&p->nodes[w]);
    }
}

#define VARIANT(name, wanted)                                                                                          \
    NM_INLINE void name(void *p, int32_t u, int32_t v, int32_t w, int32_t uv, int32_t uw, int32_t vw) {                \
        add_triangle(p, wanted, u, v, w, uv, uw, vw);                                                                  \
    }                                                                                                                  \
    NM_INLINE void name##_ahead(void *p, int32_t u, int32_t v, int32_t w, int32_t uv, int32_t uw, int32_t vw) {        \
        ask(p, wanted, u, v, w, uv, uw, vw);                                                                           \
    }
VARIANT(add_shared, 0)
VARIANT(add_strengths, STRENGTHS)
VARIANT(add_roles, ROLES)
VARIANT(add_all, STRENGTHS | ROLES)

static int run(Pass *p, int wanted, Forward *f, Pause *pause) {
    if (wanted & STRENGTHS && wanted & ROLES) return nm_each_triangle(f, pause, add_all_ahead, add_all, p);
    if (wanted & STRENGTHS) return nm_each_triangle(f, pause, add_strengths_ahead, add_strengths, p);
    if (wanted & ROLES) return nm_each_triangle(f, pause, add_roles_ahead, add_roles, p);
    return nm_each_triangle(f, pause, add_shared_ahead, add_shared, p);
}

/* Where the results go; any may be missing. */
typedef struct {
    int32_t *shared;                                  /* one an arc */
    double *parts;                                    /* one an arc: how much its head constrains its tail */
    int64_t *closed;                                  /* the rest one a node: triangles */
    double *barrat, *onnela, *constraint, *size, *roles;
} Results;

/* Strengths have few distinct values as a rule: each is listed once, found again by a hash of it, nought at the end. Where
   there are many, every tie has an entry of its own. */
#define PLACES 4096
#define DISTINCT 1000

static int list_amounts(Pass *p, const Graph *g, const int32_t *number, const double *weights, double greatest) {
    Amount *few = nm_lines((PLACES + 1) * (int64_t)sizeof(Amount)), *all = NULL;
    int distinct = 0;
    for (int64_t v = 0; v < g->n && few != NULL; v++)
        for (int64_t a = g->indptr[v + 1] - 1; a >= g->indptr[v] && g->indices[a] > v; a--) {
            double x = weights[a];
            uint64_t bits;
            memcpy(&bits, &x, 8);
            int32_t place = x == 0.0 ? PLACES : (int32_t)((bits * UINT64_C(0x9e3779b97f4a7c15)) >> 52);
            while (few[place].strength != x && few[place].strength != 0.0) place = (place + 1) % PLACES;
            if (few[place].strength != x) {
                if (distinct++ == DISTINCT) goto many;
                few[place] = (Amount){x, cbrt(x / greatest)};
            }
            p->ties[number[a]].amount = place;
        }
    p->amounts = few;
    return few == NULL ? -1 : 0;
many:
    nm_free(few);
    all = nm_lines((g->arcs / 2 + 1) * (int64_t)sizeof(Amount));
    for (int64_t v = 0; v < g->n && all != NULL; v++)
        for (int64_t a = g->indptr[v + 1] - 1; a >= g->indptr[v] && g->indices[a] > v; a--) {
            all[number[a]] = (Amount){weights[a], cbrt(weights[a] / greatest)};
            p->ties[number[a]].amount = number[a];
        }
    p->amounts = all;
    return all == NULL ? -1 : 0;
}

/* What a node's strengths come to: their sum and the greatest. */
static double measure(Node *node, const Graph *g, int64_t v, const double *weights) {
    double sum = 0.0, most = 0.0;
    for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++) {
        sum += weights[a];
        if (weights[a] > most) most = weights[a];
    }
    node->per_strength = 1.0 / sum;
    node->per_greatest = 1.0 / most;
    return most;
}

static int prepare(Pass *p, const Graph *g, const int32_t *number, const double *weights, const int32_t *labels) {
    double greatest = 0.0;
    for (int64_t v = 0; v < g->n && p->nodes != NULL; v++) {
        if (labels != NULL) p->nodes[v].label = labels[v];
        if (p->ties == NULL || g->indptr[v] == g->indptr[v + 1]) continue;
        double most = measure(&p->nodes[v], g, v, weights);
        if (most > greatest) greatest = most;
    }
    return p->ties == NULL ? 0 : list_amounts(p, g, number, weights, greatest);
}

/* Whether every number stands for one pair of nodes, and at an arc either way: sums of a hash of number and pair over the
   arcs that lead up come out as over those that lead down, and the numbers and their squares add up. */
typedef struct {
    uint64_t pairs, numbers, squares;
} Check;

NM_INLINE void check(Check *c, uint32_t number, uint32_t v, uint32_t u) {
    uint64_t low = u < v ? u : v, high = u < v ? v : u;
    uint64_t hash = ((low << 32 | high) ^ number * UINT64_C(0x9e3779b97f4a7c15)) * UINT64_C(0xd6e8feb86659fd93);
    hash ^= hash >> 32;
    c->pairs += u > v ? hash : UINT64_C(0) - hash;
    c->numbers += number;
    c->squares += (uint64_t)number * number;
}

static int sound(const Check *c, uint64_t ties) {
    /* Each number stands at two arcs. */
    uint64_t sum = ties ? ties * (ties - 1) : 0, squares = 0;
    for (uint64_t i = 0; i < ties; i++) squares += 2 * i * i;
    return c->pairs == 0 && c->numbers == sum && c->squares == squares;
}

/* Row by row; only the ties are jumped about in, and asked for in time. 0, or -2 where the arcs are not those of ties. */
static int give(const Pass *p, const Graph *g, const int32_t *number, const double *weights, const Results *r) {
    Check all = {0, 0, 0};
    for (int64_t v = 0; v < g->n; v++) {
        const Node *node = p->nodes == NULL ? NULL : &p->nodes[v];
        int64_t closed = 0;
        double barrat = 0.0, constraint = 0.0;
        for (int64_t a = g->indptr[v]; a < g->indptr[v + 1]; a++) {
            int32_t t = number[a], soon = number[a + 32 < g->arcs ? a + 32 : a];
            check(&all, (uint32_t)t, (uint32_t)v, (uint32_t)g->indices[a]);
            int64_t shared;
            if (p->ties == NULL) {
                NM_PREFETCH(&p->shared[soon]);
                shared = p->shared[t];
            } else {
                NM_PREFETCH(&p->ties[soon]);
                const Tie *tie = &p->ties[t];
                shared = tie->shared;
                /* Parts are shares of the strength of the node an arc leaves. */
                double part = (p->amounts[tie->amount].strength + tie->reach) * node->per_strength;
                part *= part;
                constraint += part;
                if (r->parts != NULL) r->parts[a] = part;
            }
            closed += shared;
            if (r->shared != NULL) r->shared[a] = (int32_t)shared;
            if (r->barrat != NULL) barrat += weights[a] * (double)shared;
        }
        /* Every triangle was counted at both of a node's ties. */
        closed /= 2;
        if (r->closed != NULL) r->closed[v] = closed;
        if (r->barrat != NULL) r->barrat[v] = barrat;
        int tied = g->indptr[v + 1] > g->indptr[v];
        if (r->constraint != NULL) r->constraint[v] = tied ? constraint : NAN;
        if (r->onnela != NULL) r->onnela[v] = node->roots;
        if (r->size != NULL) r->size[v] = tied ? (double)(g->indptr[v + 1] - g->indptr[v]) - node->lost * node->per_strength : NAN;
        if (r->roles != NULL) {
            /* Coordinator, consultant, representative, gatekeeper, liaison: ordered pairs of the two others. */
            double *role = &r->roles[5 * v];
            role[0] = 2.0 * (double)node->own;
            role[1] = 2.0 * (double)node->ends;
            role[2] = role[3] = (double)node->mixed;
            role[4] = 2.0 * (double)(closed - node->own - node->ends - node->mixed);
        }
    }
    return sound(&all, (uint64_t)g->arcs / 2) ? 0 : -2;
}

/* triangles(indptr, indices, tie, weights, labels, shared, parts, closed, barrat, onnela, constraint, size, roles, stop): one
   pass over all triangles; `tie` numbers the tie of every arc. Of the arrays from `weights` on any may be None; what needs
   them then has to be None too. */
PyObject *nm_triangles(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[14], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOOOOOOOOOOOOO:triangles", &o[0], &o[1], &o[2], &o[3], &o[4], &o[5], &o[6], &o[7], &o[8],
                          &o[9], &o[10], &o[11], &o[12], &o[13]))
        return NULL;
    static const char *const names[] = {"weights", "labels", "shared",     "parts", "closed", "barrat",
                                        "onnela",  "constraint", "effective size", "roles", "stop"};
    static const char kinds[] = "diidqdddddi";
    Graph g = {0};
    Array tie = {0}, array[11];
    memset(array, 0, sizeof array);
    Forward f = {0};
    Pause pause;
    if (nm_take_graph(&g, o[0], o[1]) < 0 || nm_take(&tie, o[2], 'i', 0, g.arcs, "tie") < 0 ||
        nm_check_ids(tie.data, tie.size, g.arcs / 2, "tie") < 0)
        goto done;
    int64_t sizes[] = {g.arcs, g.n, g.arcs, g.arcs, g.n, g.n, g.n, g.n, g.n, 5 * g.n, 1};
    for (int i = 0; i < 11; i++)
        if (nm_take_optional(&array[i], o[3 + i], kinds[i], i > 1 && i < 10, sizes[i], names[i]) < 0) goto done;
    const double *weights = array[0].data;
    const int32_t *labels = array[1].data;
    Results r = {array[2].data, array[3].data, array[4].data, array[5].data,
                 array[6].data, array[7].data, array[8].data, array[9].data};
    if ((r.roles != NULL && (labels == NULL || r.closed == NULL)) ||
        (weights == NULL && (r.parts || r.barrat || r.onnela || r.constraint || r.size))) {
        PyErr_SetString(PyExc_ValueError, "roles need labels and closed; measures of strengths need weights");
        goto done;
    }
    int wanted = (r.parts || r.onnela || r.constraint || r.size ? STRENGTHS : 0) | (r.roles ? ROLES : 0);
    nm_go(&pause, &array[10]);
    int failed = nm_forward_make(&f, &g, tie.data);
    Pass p = {NULL, NULL, NULL, NULL};
    if (!failed) {
        if (wanted & STRENGTHS) p.ties = nm_lines((f.ties + INT64_C(1)) * (int64_t)sizeof(Tie));
        else p.shared = nm_lines((f.ties + INT64_C(1)) * 4);
        if (wanted) p.nodes = nm_lines((g.n + 1) * (int64_t)sizeof(Node));
        if (!(p.ties || p.shared) || (wanted && !p.nodes)) failed = -1;
    }
    if (!failed && wanted) failed = prepare(&p, &g, tie.data, weights, labels);
    if (!failed) failed = run(&p, wanted, &f, &pause);
    if (!failed && !pause.stopped) failed = give(&p, &g, tie.data, weights, &r);
    nm_free(p.ties);
    nm_free(p.shared);
    nm_free(p.nodes);
    nm_free(p.amounts);
    nm_forward_free(&f);
    if (nm_end(&pause, 0) == 0) out = nm_forward_done(failed);
done:
    nm_let_go_graph(&g);
    nm_let_go(&tie);
    for (int i = 0; i < 11; i++) nm_let_go(&array[i]);
    return out;
}

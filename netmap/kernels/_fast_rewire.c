/* One round of rearranging, many draws at once: ties that swap ends, memberships that two traders deal out between them.

   What is random comes in as arrays, so that the twins in NumPy make of the same numbers the same draws. */
#include "_fast.h"

#define NOBODY (-1)

/* Keys of ties with the swap that makes or takes each; open addressing, -1 where nothing is. */
typedef struct {
    int64_t *key;
    int32_t *owner;
    uint64_t mask;
    int shift;
} Table;

static void strike(uint8_t *struck, int32_t swap) {
    if (swap != NOBODY) struck[swap] = 1;
}

/* Put a key in; where it is already, strike both swaps that have it. */
static void put(Table *t, int64_t key, int32_t owner, uint8_t *struck) {
    uint64_t at = ((uint64_t)key * UINT64_C(0x9e3779b97f4a7c15)) >> t->shift;
    while (t->key[at] != -1) {
        if (t->key[at] == key) {
            strike(struck, t->owner[at]);
            strike(struck, owner);
            return;
        }
        at = (at + 1) & t->mask;
    }
    t->key[at] = key;
    t->owner[at] = owner;
}

typedef struct {
    int64_t n, m, half, draws;
    int directed;
    int64_t *a, *b;
    const int64_t *order;
    const uint8_t *flip, *proposed;
} Round;

static int64_t key_of(const Round *r, int64_t x, int64_t y) { return r->directed || x < y ? x * r->n + y : y * r->n + x; }

static void swap_draw(const Round *r, int64_t draw, Table *t, int32_t *owner, uint8_t *state, uint8_t *struck) {
    int64_t *a = r->a + draw * r->m, *b = r->b + draw * r->m;
    const int64_t *order = r->order + draw * 2 * r->half;
    const uint8_t *flip = r->flip + draw * r->half, *proposed = r->proposed + draw * r->half;
    memset(t->key, 0xff, (size_t)(t->mask + 1) * 8);
    memset(struck, 0, (size_t)r->half);
    for (int64_t i = 0; i < r->m; i++) owner[i] = NOBODY;
    for (int64_t i = 0; i < r->half; i++) {
        int64_t one = order[i], two = order[r->half + i], turned = !r->directed && flip[i];
        int64_t p = a[one], q = b[one], u = turned ? b[two] : a[two], v = turned ? a[two] : b[two];
        state[i] = proposed[i] && p != v && u != q && p != u && q != v;
        if (state[i]) owner[one] = owner[two] = (int32_t)i;
    }
    for (int64_t i = 0; i < r->m; i++) put(t, key_of(r, a[i], b[i]), owner[i], struck);
    for (int64_t i = 0; i < r->half; i++) {
        if (!state[i]) continue;
        int64_t one = order[i], two = order[r->half + i], turned = !r->directed && flip[i];
        int64_t p = a[one], q = b[one], u = turned ? b[two] : a[two], v = turned ? a[two] : b[two];
        put(t, key_of(r, p, v), (int32_t)i, struck);
        put(t, key_of(r, u, q), (int32_t)i, struck);
    }
    for (int64_t i = 0; i < r->half; i++) {
        if (!state[i] || struck[i]) continue;
        int64_t one = order[i], two = order[r->half + i], turned = !r->directed && flip[i];
        int64_t p = a[one], q = b[one], u = turned ? b[two] : a[two], v = turned ? a[two] : b[two];
        a[one] = p, b[one] = v, a[two] = u, b[two] = q;
    }
}

static int check_places(const int64_t *places, int64_t count, int64_t below, const char *name) {
    int outside = 0;
    for (int64_t i = 0; i < count; i++) outside |= (uint64_t)places[i] >= (uint64_t)below;
    if (!outside) return 0;
    PyErr_Format(PyExc_ValueError, "%s names a position outside 0 to %lld", name, (long long)below - 1);
    return -1;
}

/* swap_round(n, draws, a, b, order, flip, proposed, directed): let tie order[i] and tie order[half + i] of every draw swap
   ends, the second turned round first where flip[i], if proposed[i] and if nothing but a simple graph can come of it. */
PyObject *nm_swap_round(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[5], *out = NULL;
    long long n, draws;
    int directed;
    if (!PyArg_ParseTuple(args, "LLOOOOOp:swap_round", &n, &draws, &o[0], &o[1], &o[2], &o[3], &o[4], &directed)) return NULL;
    if (n < 0 || n >= NM_MOST || draws < 0 || draws >= NM_MOST) {
        PyErr_SetString(PyExc_ValueError, "n and draws have to lie between 0 and 2^31");
        return NULL;
    }
    Array a = {0}, b = {0}, order = {0}, flip = {0}, proposed = {0};
    if (nm_take(&a, o[0], 'q', 1, -1, "a") < 0) goto done;
    int64_t m = draws > 0 ? a.size / draws : 0, half = m / 2;
    if (m * draws != a.size || m >= NM_MOST / 8) {
        PyErr_SetString(PyExc_ValueError, "a has to hold the same number of ties, and not too many, for every draw");
        goto done;
    }
    if (nm_take(&b, o[1], 'q', 1, a.size, "b") < 0 || nm_take(&order, o[2], 'q', 0, draws * 2 * half, "order") < 0 ||
        nm_take(&flip, o[3], 'B', 0, draws * half, "flip") < 0 || nm_take(&proposed, o[4], 'B', 0, draws * half, "proposed") < 0 ||
        check_places(a.data, a.size, n, "a") < 0 || check_places(b.data, b.size, n, "b") < 0 ||
        check_places(order.data, order.size, m, "order") < 0)
        goto done;
    Round r = {n, m, half, draws, directed, a.data, b.data, order.data, flip.data, proposed.data};
    Table t = {0};
    int32_t *owner;
    uint8_t *state, *struck;
    int failed;
    /* Ties that are and ties that are made fill at most half of it. */
    uint64_t slots = 4;
    t.shift = 62;
    while (slots < (uint64_t)m * 4) slots *= 2, t.shift--;
    t.mask = slots - 1;
    Py_BEGIN_ALLOW_THREADS
    t.key = nm_lines((int64_t)slots * 8);
    t.owner = nm_lines((int64_t)slots * 4);
    owner = nm_lines(m * 4);
    state = nm_lines(half);
    struck = nm_lines(half);
    failed = !t.key || !t.owner || !owner || !state || !struck;
    for (int64_t d = 0; d < draws && !failed; d++) swap_draw(&r, d, &t, owner, state, struck);
    nm_free(t.key);
    nm_free(t.owner);
    nm_free(owner);
    nm_free(state);
    nm_free(struck);
    Py_END_ALLOW_THREADS
    if (failed) PyErr_NoMemory();
    else out = Py_NewRef(Py_None);
done:
    nm_let_go(&a);
    nm_let_go(&b);
    nm_let_go(&order);
    nm_let_go(&flip);
    nm_let_go(&proposed);
    return out;
}

static uint64_t home_of(const Table *t, int64_t key) { return ((uint64_t)key * UINT64_C(0x9e3779b97f4a7c15)) >> t->shift; }

static uint64_t find(const Table *t, int64_t key) {
    uint64_t at = home_of(t, key);
    while (t->key[at] != -1 && t->key[at] != key) at = (at + 1) & t->mask;
    return at;
}

/* Take a key out, and move back into the gap whatever would no longer be found behind it. */
static void take_out(Table *t, int64_t key) {
    uint64_t gap = find(t, key), at = gap;
    while (t->key[at = (at + 1) & t->mask] != -1)
        if (((at - home_of(t, t->key[at])) & t->mask) >= ((at - gap) & t->mask)) {
            t->key[gap] = t->key[at];
            gap = at;
        }
    t->key[gap] = -1;
}

static int64_t apart(const int64_t *at, int64_t n, int64_t x, int64_t y) {
    int64_t d = at[x] > at[y] ? at[x] - at[y] : at[y] - at[x];
    return d < n - d ? d : n - d;
}

static void near_draw(const Round *r, const int64_t *at, Table *t, int64_t tries, const int64_t *first, const int64_t *second) {
    int64_t *a = r->a, *b = r->b;
    memset(t->key, 0xff, (size_t)(t->mask + 1) * 8);
    for (int64_t i = 0; i < r->m; i++) t->key[find(t, key_of(r, a[i], b[i]))] = key_of(r, a[i], b[i]);
    for (int64_t i = 0; i < tries; i++) {
        int64_t one = first[i], two = second[i];
        int64_t p = a[one], q = b[one], u = r->flip[i] ? b[two] : a[two], v = r->flip[i] ? a[two] : b[two];
        if (p == q || p == u || p == v || q == u || q == v || u == v) continue;
        int64_t made = key_of(r, p, v), other = key_of(r, u, q);
        if (t->key[find(t, made)] == made || t->key[find(t, other)] == other ||
            apart(at, r->n, p, v) + apart(at, r->n, u, q) > apart(at, r->n, p, q) + apart(at, r->n, u, v))
            continue;
        take_out(t, key_of(r, p, q));
        take_out(t, key_of(r, u, v));
        t->key[find(t, made)] = made;
        t->key[find(t, other)] = other;
        a[one] = p, b[one] = v, a[two] = u, b[two] = q;
    }
}

/* near_swaps(at, a, b, first, second, flip): let tie first[i] and tie second[i] of a simple graph swap ends one after another,
   the second turned round first where flip[i], where the graph stays simple and both ties together get no longer on a ring
   on which node v stands at place at[v]. */
PyObject *nm_near_swaps(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[6], *out = NULL;
    if (!PyArg_ParseTuple(args, "OOOOOO:near_swaps", &o[0], &o[1], &o[2], &o[3], &o[4], &o[5])) return NULL;
    Array at = {0}, a = {0}, b = {0}, first = {0}, second = {0}, flip = {0};
    if (nm_take(&at, o[0], 'q', 0, -1, "at") < 0 || nm_take(&a, o[1], 'q', 1, -1, "a") < 0 ||
        nm_take(&b, o[2], 'q', 1, a.size, "b") < 0 || nm_take(&first, o[3], 'q', 0, -1, "first") < 0 ||
        nm_take(&second, o[4], 'q', 0, first.size, "second") < 0 || nm_take(&flip, o[5], 'B', 0, first.size, "flip") < 0)
        goto done;
    int64_t n = at.size, m = a.size;
    if (n >= NM_MOST || m >= NM_MOST / 8) {
        PyErr_SetString(PyExc_OverflowError, "a graph of 2^31 nodes or arcs is too large");
        goto done;
    }
    if (check_places(at.data, n, n, "at") < 0 || check_places(a.data, m, n, "a") < 0 || check_places(b.data, m, n, "b") < 0 ||
        check_places(first.data, first.size, m, "first") < 0 || check_places(second.data, first.size, m, "second") < 0)
        goto done;
    Round r = {n, m, 0, 1, 0, a.data, b.data, NULL, flip.data, NULL};
    Table t = {0};
    uint64_t slots = 4;
    t.shift = 62;
    while (slots < (uint64_t)m * 2) slots *= 2, t.shift--;
    t.mask = slots - 1;
    Py_BEGIN_ALLOW_THREADS
    t.key = nm_lines((int64_t)slots * 8);
    if (t.key != NULL) near_draw(&r, at.data, &t, first.size, first.data, second.data);
    nm_free(t.key);
    Py_END_ALLOW_THREADS
    if (nm_check_memory(t.key) == 0) out = Py_NewRef(Py_None);
done:
    nm_let_go(&at);
    nm_let_go(&a);
    nm_let_go(&b);
    nm_let_go(&first);
    nm_let_go(&second);
    nm_let_go(&flip);
    return out;
}

/* A membership that can be dealt out, with the number that says when its owner's turn comes. */
typedef struct {
    double chance;
    int64_t place;
} Card;

static int before(const void *one, const void *two) {
    const Card *x = one, *y = two;
    if (x->chance != y->chance) return x->chance < y->chance ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static void sort_cards(Card *card, int64_t count) {
    if (count > 24) {
        qsort(card, (size_t)count, sizeof(Card), before);
        return;
    }
    for (int64_t i = 1; i < count; i++) {
        Card held = card[i];
        int64_t j = i;
        while (j > 0 && before(&held, &card[j - 1]) < 0) {
            card[j] = card[j - 1];
            j--;
        }
        card[j] = held;
    }
}

typedef struct {
    int64_t n, m, pairs;
    const int64_t *columns;
    int64_t *by_column, *place, *start, *sorted, *free;
    Card *cards;
} Trade;

static void trade_draw(const Trade *t, int64_t *owners, const int64_t *order, const double *chances) {
    for (int64_t i = 0; i < t->n; i++) t->place[order[i]] = i / 2;
    memset(t->start, 0, (size_t)(t->pairs + 1) * 8);
    for (int64_t i = 0; i < t->m; i++) t->start[t->place[owners[i]] + 1]++;
    for (int64_t p = 0; p < t->pairs; p++) t->start[p + 1] += t->start[p];
    /* By pair, and within a pair by column: the second of two counting sorts. */
    for (int64_t i = 0; i < t->m; i++) {
        int64_t which = t->by_column[i];
        t->sorted[t->start[t->place[owners[which]]]++] = which;
    }
    int64_t first = 0;
    for (int64_t p = 0; p < t->pairs; p++) {
        int64_t stop = t->start[p], count = 0;
        for (int64_t i = first; i < stop;) {
            int64_t j = i + 1, column = t->columns[t->sorted[i]];
            while (j < stop && t->columns[t->sorted[j]] == column) j++;
            /* What both have stays with both. */
            if (j == i + 1) t->free[count++] = t->sorted[i];
            i = j;
        }
        first = stop;
        for (int64_t i = 0; i < count; i++) t->cards[i] = (Card){chances[t->free[i]], i};
        sort_cards(t->cards, count);
        for (int64_t i = 0; i < count; i++) t->cards[i].place = owners[t->free[t->cards[i].place]];
        for (int64_t i = 0; i < count; i++) owners[t->free[i]] = t->cards[i].place;
    }
}

/* trade(n, columns_below, owners, columns, order, chances): in every draw let the rows order[2 i] and order[2 i + 1] deal out
   again between them what only one of them has, owners in the order of their chances; `owners` holds the row of every
   membership for each draw, `columns` the column of every membership. */
PyObject *nm_trade(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *o[4], *out = NULL;
    long long n, k;
    if (!PyArg_ParseTuple(args, "LLOOOO:trade", &n, &k, &o[0], &o[1], &o[2], &o[3])) return NULL;
    if (n < 0 || n >= NM_MOST || k < 0 || k >= NM_MOST) {
        PyErr_SetString(PyExc_ValueError, "rows and columns have to lie between 0 and 2^31");
        return NULL;
    }
    Array owners = {0}, columns = {0}, order = {0}, chances = {0};
    if (nm_take(&owners, o[0], 'q', 1, -1, "owners") < 0 || nm_take(&columns, o[1], 'q', 0, -1, "columns") < 0) goto done;
    int64_t m = columns.size, draws = m > 0 ? owners.size / m : 0;
    if (draws * m != owners.size || m >= NM_MOST || draws >= NM_MOST) {
        PyErr_SetString(PyExc_ValueError, "owners has to hold one row for every membership in each draw");
        goto done;
    }
    if (nm_take(&order, o[2], 'q', 0, draws * n, "order") < 0 || nm_take(&chances, o[3], 'd', 0, owners.size, "chances") < 0 ||
        check_places(owners.data, owners.size, n, "owners") < 0 || check_places(columns.data, m, k, "columns") < 0 ||
        check_places(order.data, order.size, n, "order") < 0)
        goto done;
    Trade t = {n, m, (n + 1) / 2, columns.data, NULL, NULL, NULL, NULL, NULL, NULL};
    int64_t *next;
    int failed;
    Py_BEGIN_ALLOW_THREADS
    t.by_column = nm_lines(m * 8);
    t.place = nm_lines(n * 8);
    t.start = nm_lines((t.pairs + 1) * 8);
    t.sorted = nm_lines(m * 8);
    t.free = nm_lines(m * 8);
    t.cards = nm_lines(m * (int64_t)sizeof(Card));
    next = nm_lines((k + 1) * 8);
    failed = !t.by_column || !t.place || !t.start || !t.sorted || !t.free || !t.cards || !next;
    if (!failed) {
        for (int64_t i = 0; i < m; i++) next[t.columns[i] + 1]++;
        for (int64_t c = 0; c < k; c++) next[c + 1] += next[c];
        for (int64_t i = 0; i < m; i++) t.by_column[next[t.columns[i]]++] = i;
    }
    for (int64_t d = 0; d < draws && !failed; d++)
        trade_draw(&t, (int64_t *)owners.data + d * m, (const int64_t *)order.data + d * n, (const double *)chances.data + d * m);
    nm_free(t.by_column);
    nm_free(t.place);
    nm_free(t.start);
    nm_free(t.sorted);
    nm_free(t.free);
    nm_free(t.cards);
    nm_free(next);
    Py_END_ALLOW_THREADS
    if (failed) PyErr_NoMemory();
    else out = Py_NewRef(Py_None);
done:
    nm_let_go(&owners);
    nm_let_go(&columns);
    nm_let_go(&order);
    nm_let_go(&chances);
    return out;
}

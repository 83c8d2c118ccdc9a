/* Ties read from separated text, a block at a time: names become codes by a hash table, strengths numbers. */
#include "_fast.h"

#include <float.h>
#include <math.h>

#define CAPSULE "netmap.scan"
#define BATCH 64 /* rows whose names are looked for together, so that the table's lines are on their way */
#define LONGEST_NUMBER 128

/* Why a file is not plain; the words for each stand in scan.py. */
enum { PLAIN, CELLS, QUOTE, CHARACTER, ENCODING, EMPTY, SPACE, NUMBER };

/* What may stand in a cell: anything, the delimiter, a quotation mark, or nothing plain (NUL, carriage return). */
enum { ORDINARY, DELIMITER, MARK, NEVER };

/* A name's place in the table. Up to 16 bytes it is `first` and `second`; a longer one has its hash in `first` and where
   it stands among the names in `second`. Size 0 is a free place. */
typedef struct {
    uint64_t first, second;
    uint32_t hash, size;
    int32_t code, unused;
} Slot;

typedef struct {
    uint64_t first, second;
    const unsigned char *text;
    uint32_t hash, size;
} Key;

typedef struct {
    const unsigned char *text, *end;
    int doubled; /* holds doubled quotation marks, each of which stands for one */
} Cell;

typedef struct {
    unsigned char kind[256];
    int columns, source, target, strength;
    uint64_t seed;
    Slot *slots;
    uint64_t mask;
    char *names;
    int64_t *start; /* the name of code i is names[start[i]] up to names[start[i + 1]] */
    int64_t count, count_room, names_room;
    int32_t *ends[2];
    double *strengths;
    int64_t rows, rows_room;
    Key waiting[2 * BATCH];
    int held;
    int64_t lines;
    int problem, busy, failed;
    char *unmarked; /* cells of the block at hand without their doubled quotation marks */
    int64_t unmarked_used, unmarked_room;
    const unsigned char *stop; /* the end of the block at hand */
    PyThreadState *thread;
} Scan;

static int grow(void **array, int64_t *room, int64_t wanted, int64_t size) {
    if (wanted <= *room) return 0;
    int64_t more = *room + *room / 2 > wanted ? *room + *room / 2 : wanted;
    if ((uint64_t)more > SIZE_MAX / (uint64_t)size) return -1;
    void *moved = realloc(*array, (size_t)(more * size));
    if (moved == NULL) return -1;
    *array = moved;
    *room = more;
    return 0;
}

static int room_for_rows(Scan *s, int64_t wanted) {
    if (wanted <= s->rows_room) return 0;
    int64_t room = s->rows_room, same = room;
    if (grow((void **)&s->ends[0], &room, wanted, 4) < 0) return -1;
    room = same;
    if (grow((void **)&s->ends[1], &room, wanted, 4) < 0) return -1;
    int64_t also = same;
    if (s->strength >= 0 && grow((void **)&s->strengths, &also, wanted, 8) < 0) return -1;
    s->rows_room = room;
    return 0;
}

/* -- names ---------------------------------------------------------------------------------------------------------- */

static uint64_t load(const unsigned char *text, uint32_t size) {
    uint64_t out = 0;
    memcpy(&out, text, size);
    return out;
}

static uint64_t mixed(uint64_t a, uint64_t b) {
    a ^= b * UINT64_C(0x9e3779b97f4a7c15);
    a ^= a >> 32;
    a *= UINT64_C(0xd6e8feb86659fd93);
    a ^= a >> 32;
    a *= UINT64_C(0xd6e8feb86659fd93);
    return a ^ a >> 32;
}

static Key key_of(const Scan *s, const unsigned char *text, uint32_t size) {
    Key key = {0, 0, text, 0, size};
    uint64_t hash = s->seed ^ size;
    if (size <= 16) {
        if (s->stop - text >= 16) {
            /* Read whole and cut: the bytes beyond the name are still of the block. */
            memcpy(&key.first, text, 8);
            memcpy(&key.second, text + 8, 8);
            unsigned char edge[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
            uint64_t low, high;
            memcpy(&low, edge + 16 - size, 8);
            memcpy(&high, edge + 24 - size, 8);
            key.first &= low;
            key.second &= high;
        } else {
            key.first = load(text, size < 8 ? size : 8);
            if (size > 8) key.second = load(text + 8, size - 8);
        }
        hash = mixed(mixed(hash, key.first), key.second);
    } else {
        for (uint32_t i = 0; i < size; i += 8) hash = mixed(hash, load(text + i, size - i < 8 ? size - i : 8));
        key.first = hash;
    }
    key.hash = (uint32_t)(hash ^ hash >> 32);
    return key;
}

/* Make room for a batch of new names while no more than half of the table is taken. */
static int room_for_names(Scan *s) {
    if ((uint64_t)(s->count + 2 * BATCH) * 2 <= s->mask + 1 && s->slots != NULL) return 0;
    uint64_t size = s->slots == NULL ? 1024 : 2 * (s->mask + 1), mask = size - 1;
    Slot *slots = calloc((size_t)size, sizeof(Slot));
    if (slots == NULL) return -1;
    for (uint64_t i = 0; s->slots != NULL && i <= s->mask; i++) {
        if (s->slots[i].size == 0) continue;
        uint64_t at = s->slots[i].hash & mask;
        while (slots[at].size != 0) at = (at + 1) & mask;
        slots[at] = s->slots[i];
    }
    free(s->slots);
    s->slots = slots;
    s->mask = mask;
    return 0;
}

/* Return the code of a name, a new one where it was not met before; -1 without memory. */
static int32_t code_of(Scan *s, const Key *key) {
    uint64_t at = key->hash & s->mask;
    for (; s->slots[at].size != 0; at = (at + 1) & s->mask) {
        const Slot *slot = &s->slots[at];
        if (slot->size != key->size || slot->first != key->first) continue;
        if (key->size <= 16 ? slot->second == key->second : memcmp(s->names + slot->second, key->text, key->size) == 0)
            return slot->code;
    }
    int64_t begin = s->start[s->count];
    if (grow((void **)&s->names, &s->names_room, begin + key->size, 1) < 0 ||
        grow((void **)&s->start, &s->count_room, s->count + 2, 8) < 0)
        return -1;
    memcpy(s->names + begin, key->text, key->size);
    s->slots[at] = (Slot){key->first, key->size <= 16 ? key->second : (uint64_t)begin, key->hash, key->size,
                          (int32_t)s->count, 0};
    s->start[++s->count] = begin + key->size;
    return s->slots[at].code;
}

static int resolve(Scan *s) {
    for (int i = 0; i < s->held; i++) {
        int32_t code = code_of(s, &s->waiting[i]);
        if (code < 0) return -1;
        s->ends[i & 1][s->rows + i / 2] = code;
    }
    s->rows += s->held / 2;
    s->held = 0;
    return s->rows >= NM_MOST - 2 * BATCH || s->count >= NM_MOST - 2 * BATCH ? -1 : 0;
}

/* -- cells ---------------------------------------------------------------------------------------------------------- */

/* Whether bytes are UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
static int is_utf8(const unsigned char *p, const unsigned char *end) {
    while (p < end) {
        unsigned char c = *p++;
        if (c < 0x80) continue;
        int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
        if (c < 0xc2 || c > 0xf4 || end - p < more) return 0;
        if ((c == 0xe0 && p[0] < 0xa0) || (c == 0xed && p[0] > 0x9f) || (c == 0xf0 && p[0] < 0x90) ||
            (c == 0xf4 && p[0] > 0x8f))
            return 0;
        for (; more > 0; more--)
            if ((*p++ & 0xc0) != 0x80) return 0;
    }
    return 1;
}

/* Take the cell at *at and move there to what follows its delimiter, or to NULL after the last cell of the line. */
static int take_cell(const Scan *s, const unsigned char **at, const unsigned char *end, Cell *cell, unsigned char *high) {
    const unsigned char *p = *at;
    cell->doubled = 0;
    if (p < end && s->kind[*p] == MARK) {
        cell->text = ++p;
        for (;; p++) {
            if (p == end) return QUOTE;
            if (s->kind[*p] == NEVER) return CHARACTER;
            *high |= *p;
            if (s->kind[*p] != MARK) continue;
            if (p + 1 == end || s->kind[p[1]] != MARK) break;
            cell->doubled = 1;
            p++;
        }
        cell->end = p++;
        if (p < end && s->kind[*p] != DELIMITER) return QUOTE;
    } else {
        cell->text = p;
        while (p < end && s->kind[*p] == ORDINARY) *high |= *p++;
        cell->end = p;
        if (p < end && s->kind[*p] != DELIMITER) return s->kind[*p] == MARK ? QUOTE : CHARACTER;
    }
    *at = p < end ? p + 1 : NULL;
    return PLAIN;
}

/* Write a cell with its doubled quotation marks made single; the block's size is room enough for all of them. */
static int unmark(Scan *s, Cell *cell) {
    if (s->unmarked == NULL && (s->unmarked = malloc((size_t)s->unmarked_room)) == NULL) return -1;
    unsigned char *to = (unsigned char *)s->unmarked + s->unmarked_used, *out = to;
    for (const unsigned char *p = cell->text; p < cell->end; p++) {
        *out++ = *p;
        if (s->kind[*p] == MARK) p++;
    }
    s->unmarked_used += out - to;
    cell->text = to;
    cell->end = out;
    return 0;
}

static int is_space(unsigned char c) { return c == ' ' || c == '\t'; }

static const double TENS[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Read a decimal number. 0: read exactly; 1: a number that only Python's own reader rounds rightly; -1: none. */
static int take_number(const unsigned char *p, const unsigned char *end, double *value) {
    uint64_t digits = 0;
    int64_t shift = 0, power = 0, kept = 0, seen = 0;
    int minus = p < end && *p == '-', point = 0;
    if (p < end && (*p == '-' || *p == '+')) p++;
    for (; p < end; p++) {
        if (*p == '.' && !point) {
            point = 1;
            continue;
        }
        if (*p < '0' || *p > '9') break;
        seen++;
        shift -= point;
        if (kept < 19) digits = digits * 10 + (uint64_t)(*p - '0');
        if (digits > 0) kept++;
    }
    if (seen == 0) return -1;
    if (p < end && (*p == 'e' || *p == 'E')) {
        int down = ++p < end && *p == '-';
        if (p < end && (*p == '-' || *p == '+')) p++;
        if (p == end) return -1;
        for (; p < end && *p >= '0' && *p <= '9'; p++)
            if (power < 100000) power = power * 10 + (*p - '0');
        if (down) power = -power;
    }
    if (p != end) return -1;
    power += shift;
    if (FLT_EVAL_METHOD != 0 || kept > 19 || digits > UINT64_C(9007199254740992) || power < -22 || power > 22) return 1;
    /* Both are whole numbers a double holds exactly, so one rounding is all there is. */
    *value = power < 0 ? (double)digits / TENS[-power] : (double)digits * TENS[power];
    if (minus) *value = -*value;
    return 0;
}

static int python_number(Scan *s, const Cell *cell, double *value) {
    char text[LONGEST_NUMBER + 1];
    int64_t size = cell->end - cell->text;
    memcpy(text, cell->text, (size_t)size);
    text[size] = '\0';
    PyEval_RestoreThread(s->thread);
    *value = PyOS_string_to_double(text, NULL, NULL);
    int wrong = PyErr_Occurred() != NULL;
    PyErr_Clear();
    s->thread = PyEval_SaveThread();
    return wrong ? NUMBER : PLAIN;
}

static int take_strength(Scan *s, const Cell *cell, double *value) {
    *value = (double)NAN;
    if (cell->text == cell->end) return PLAIN;
    if (cell->doubled || cell->end - cell->text > LONGEST_NUMBER) return NUMBER;
    int found = take_number(cell->text, cell->end, value);
    return found < 0 ? NUMBER : found == 0 ? PLAIN : python_number(s, cell, value);
}

static int take_end(Scan *s, Cell *cell) {
    if (cell->doubled && unmark(s, cell) < 0) {
        s->failed = 1;
        return PLAIN;
    }
    if (cell->text == cell->end) return EMPTY;
    if (is_space(cell->text[0]) || is_space(cell->end[-1])) return SPACE;
    Key *key = &s->waiting[s->held++];
    /* Text without its doubled marks lies in a block of its own, whose end is as far. */
    const unsigned char *stop = s->stop;
    if (cell->doubled) s->stop = cell->end;
    *key = key_of(s, cell->text, (uint32_t)(cell->end - cell->text));
    s->stop = stop;
#if defined(__GNUC__)
    __builtin_prefetch(&s->slots[key->hash & s->mask]);
#endif
    return PLAIN;
}

static int take_line(Scan *s, const unsigned char *at, const unsigned char *end) {
    Cell source = {0}, target = {0}, strength = {0};
    const unsigned char *line = at;
    unsigned char high = 0;
    for (int column = 0; column < s->columns; column++) {
        Cell cell;
        if (at == NULL) return CELLS;
        int problem = take_cell(s, &at, end, &cell, &high);
        if (problem) return problem;
        if (column == s->source) source = cell;
        if (column == s->target) target = cell;
        if (column == s->strength) strength = cell;
    }
    if (at != NULL) return CELLS;
    if (high >= 0x80 && !is_utf8(line, end)) return ENCODING;
    if (s->strength >= 0) {
        int problem = take_strength(s, &strength, &s->strengths[s->rows + s->held / 2]);
        if (problem) return problem;
    }
    int problem = take_end(s, &source);
    return problem ? problem : take_end(s, &target);
}

/* Read the whole lines of a block; return how many bytes they took. */
static int64_t feed(Scan *s, const unsigned char *block, int64_t size, int last) {
    const unsigned char *at = block, *stop = block + size;
    s->stop = stop;
    s->unmarked_used = 0;
    s->unmarked_room = size;
    while (at < stop && !s->failed) {
        const unsigned char *end = memchr(at, '\n', (size_t)(stop - at)), *next = end + 1;
        if (end == NULL) {
            if (!last) break;
            end = next = stop;
        }
        if (s->held == 0 && (room_for_names(s) < 0 || room_for_rows(s, s->rows + BATCH) < 0)) {
            s->failed = 1;
            break;
        }
        s->lines++;
        if (end > at && end[-1] == '\r') end--;
        if (end > at && (s->problem = take_line(s, at, end)) != PLAIN) break;
        if (s->held == 2 * BATCH && resolve(s) < 0) s->failed = 1;
        at = next;
    }
    if (!s->failed && s->problem == PLAIN && resolve(s) < 0) s->failed = 1;
    free(s->unmarked);
    s->unmarked = NULL;
    return at - block;
}

/* -- from Python ---------------------------------------------------------------------------------------------------- */

static void let_go(PyObject *capsule) {
    Scan *s = PyCapsule_GetPointer(capsule, CAPSULE);
    if (s == NULL) return;
    free(s->slots);
    free(s->names);
    free(s->start);
    free(s->ends[0]);
    free(s->ends[1]);
    free(s->strengths);
    free(s);
}

/* scan_open(delimiter, columns, source, target, strength, seed): begin to read; a strength of -1 is no such column. */
PyObject *nm_scan_open(PyObject *module, PyObject *args) {
    (void)module;
    int delimiter, columns, source, target, strength;
    unsigned long long seed;
    if (!PyArg_ParseTuple(args, "iiiiiK:scan_open", &delimiter, &columns, &source, &target, &strength, &seed)) return NULL;
    if (delimiter < 1 || delimiter > 127 || strchr("\"\r\n", delimiter) != NULL) {
        PyErr_SetString(PyExc_ValueError, "the delimiter is one ASCII character, no quotation mark and no line end");
        return NULL;
    }
    if (columns < 1 || columns > 65536 || source < 0 || source >= columns || target < 0 || target >= columns ||
        strength < -1 || strength >= columns) {
        PyErr_SetString(PyExc_ValueError, "a column has to lie among the columns");
        return NULL;
    }
    Scan *s = calloc(1, sizeof(Scan));
    if (s == NULL || (s->start = calloc(1024, 8)) == NULL) {
        free(s);
        return PyErr_NoMemory();
    }
    s->count_room = 1024;
    s->kind['\0'] = s->kind['\r'] = NEVER;
    s->kind['"'] = MARK;
    s->kind[delimiter] = DELIMITER;
    s->columns = columns;
    s->source = source;
    s->target = target;
    s->strength = strength;
    s->seed = seed;
    PyObject *capsule = PyCapsule_New(s, CAPSULE, let_go);
    if (capsule == NULL) {
        free(s->start);
        free(s);
    }
    return capsule;
}

/* scan_feed(scan, block, last): read whole lines; return bytes taken, rows and lines so far, and why a line is not plain. */
PyObject *nm_scan_feed(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *capsule, *object;
    int last;
    if (!PyArg_ParseTuple(args, "OOp:scan_feed", &capsule, &object, &last)) return NULL;
    Scan *s = PyCapsule_GetPointer(capsule, CAPSULE);
    if (s == NULL) return NULL;
    if (s->busy || s->problem || s->failed) {
        PyErr_SetString(PyExc_RuntimeError, "the scan is at work elsewhere, or over");
        return NULL;
    }
    Array block = {0};
    if (nm_take(&block, object, 'B', 0, -1, "block") < 0) {
        nm_let_go(&block);
        return NULL;
    }
    if (block.size >= NM_MOST) {
        nm_let_go(&block);
        PyErr_SetString(PyExc_OverflowError, "a block of 2^31 bytes is too large");
        return NULL;
    }
    s->busy = 1;
    s->thread = PyEval_SaveThread();
    int64_t taken = feed(s, block.data, block.size, last);
    PyEval_RestoreThread(s->thread);
    s->busy = 0;
    nm_let_go(&block);
    if (s->failed) return PyErr_NoMemory();
    return Py_BuildValue("LLLi", (long long)taken, (long long)s->rows, (long long)s->lines, s->problem);
}

/* scan_take(scan, source, target, strength): copy the rows into arrays and return the names by code; the scan is over. */
PyObject *nm_scan_take(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *capsule, *o[3], *list = NULL;
    if (!PyArg_ParseTuple(args, "OOOO:scan_take", &capsule, &o[0], &o[1], &o[2])) return NULL;
    Scan *s = PyCapsule_GetPointer(capsule, CAPSULE);
    if (s == NULL) return NULL;
    if (s->busy || s->problem || s->failed) {
        PyErr_SetString(PyExc_RuntimeError, "the scan is at work elsewhere, or over");
        return NULL;
    }
    Array source = {0}, target = {0}, strength = {0};
    if (nm_take(&source, o[0], 'i', 1, s->rows, "source") < 0 || nm_take(&target, o[1], 'i', 1, s->rows, "target") < 0 ||
        nm_take_optional(&strength, o[2], 'd', 1, s->strength >= 0 ? s->rows : 0, "strength") < 0)
        goto done;
    if ((s->strength >= 0) != (o[2] != Py_None)) {
        PyErr_SetString(PyExc_ValueError, "strength has to be an array where it is read, and None where not");
        goto done;
    }
    s->failed = 1;
    if (s->rows > 0) {
        memcpy(source.data, s->ends[0], (size_t)s->rows * 4);
        memcpy(target.data, s->ends[1], (size_t)s->rows * 4);
        if (strength.data != NULL) memcpy(strength.data, s->strengths, (size_t)s->rows * 8);
    }
    free(s->slots);
    free(s->ends[0]);
    free(s->ends[1]);
    free(s->strengths);
    s->slots = NULL;
    s->ends[0] = s->ends[1] = NULL;
    s->strengths = NULL;
    list = PyList_New((Py_ssize_t)s->count);
    for (int64_t i = 0; list != NULL && i < s->count; i++) {
        PyObject *name = PyUnicode_DecodeUTF8(s->names + s->start[i], (Py_ssize_t)(s->start[i + 1] - s->start[i]), "strict");
        if (name == NULL || PyList_SetItem(list, (Py_ssize_t)i, name) < 0) Py_CLEAR(list);
    }
done:
    nm_let_go(&source);
    nm_let_go(&target);
    nm_let_go(&strength);
    return list;
}

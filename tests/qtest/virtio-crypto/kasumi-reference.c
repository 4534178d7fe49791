/*
 * KASUMI and its modes f8 and f9: 3GPP TS 35.202 and TS 35.201
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "radio-reference.h"

/* TS 35.202, section 4.5.1 */
static const uint8_t s7[128] = {
     54,  50,  62,  56,  22,  34,  94,  96,  38,   6,  63,  93,
      2,  18, 123,  33,  55, 113,  39, 114,  21,  67,  65,  12,
     47,  73,  46,  27,  25, 111, 124,  81,  53,   9, 121,  79,
     52,  60,  58,  48, 101, 127,  40, 120, 104,  70,  71,  43,
     20, 122,  72,  61,  23, 109,  13, 100,  77,   1,  16,   7,
     82,  10, 105,  98, 117, 116,  76,  11,  89, 106,   0, 125,
    118,  99,  86,  69,  30,  57, 126,  87, 112,  51,  17,   5,
     95,  14,  90,  84,  91,   8,  35, 103,  32,  97,  28,  66,
    102,  31,  26,  45,  75,   4,  85,  92,  37,  74,  80,  49,
     68,  29, 115,  44,  64, 107, 108,  24, 110,  83,  36,  78,
     42,  19,  15,  41,  88, 119,  59,   3,
};

/* Section 4.5.2 */
static const uint16_t s9[512] = {
    167, 239, 161, 379, 391, 334,   9, 338,  38, 226,  48, 358,
    452, 385,  90, 397, 183, 253, 147, 331, 415, 340,  51, 362,
    306, 500, 262,  82, 216, 159, 356, 177, 175, 241, 489,  37,
    206,  17,   0, 333,  44, 254, 378,  58, 143, 220,  81, 400,
     95,   3, 315, 245,  54, 235, 218, 405, 472, 264, 172, 494,
    371, 290, 399,  76, 165, 197, 395, 121, 257, 480, 423, 212,
    240,  28, 462, 176, 406, 507, 288, 223, 501, 407, 249, 265,
     89, 186, 221, 428, 164,  74, 440, 196, 458, 421, 350, 163,
    232, 158, 134, 354,  13, 250, 491, 142, 191,  69, 193, 425,
    152, 227, 366, 135, 344, 300, 276, 242, 437, 320, 113, 278,
     11, 243,  87, 317,  36,  93, 496,  27, 487, 446, 482,  41,
     68, 156, 457, 131, 326, 403, 339,  20,  39, 115, 442, 124,
    475, 384, 508,  53, 112, 170, 479, 151, 126, 169,  73, 268,
    279, 321, 168, 364, 363, 292,  46, 499, 393, 327, 324,  24,
    456, 267, 157, 460, 488, 426, 309, 229, 439, 506, 208, 271,
    349, 401, 434, 236,  16, 209, 359,  52,  56, 120, 199, 277,
    465, 416, 252, 287, 246,   6,  83, 305, 420, 345, 153, 502,
     65,  61, 244, 282, 173, 222, 418,  67, 386, 368, 261, 101,
    476, 291, 195, 430,  49,  79, 166, 330, 280, 383, 373, 128,
    382, 408, 155, 495, 367, 388, 274, 107, 459, 417,  62, 454,
    132, 225, 203, 316, 234,  14, 301,  91, 503, 286, 424, 211,
    347, 307, 140, 374,  35, 103, 125, 427,  19, 214, 453, 146,
    498, 314, 444, 230, 256, 329, 198, 285,  50, 116,  78, 410,
     10, 205, 510, 171, 231,  45, 139, 467,  29,  86, 505,  32,
     72,  26, 342, 150, 313, 490, 431, 238, 411, 325, 149, 473,
     40, 119, 174, 355, 185, 233, 389,  71, 448, 273, 372,  55,
    110, 178, 322,  12, 469, 392, 369, 190,   1, 109, 375, 137,
    181,  88,  75, 308, 260, 484,  98, 272, 370, 275, 412, 111,
    336, 318,   4, 504, 492, 259, 304,  77, 337, 435,  21, 357,
    303, 332, 483,  18,  47,  85,  25, 497, 474, 289, 100, 269,
    296, 478, 270, 106,  31, 104, 433,  84, 414, 486, 394,  96,
     99, 154, 511, 148, 413, 361, 409, 255, 162, 215, 302, 201,
    266, 351, 343, 144, 441, 365, 108, 298, 251,  34, 182, 509,
    138, 210, 335, 133, 311, 352, 328, 141, 396, 346, 123, 319,
    450, 281, 429, 228, 443, 481,  92, 404, 485, 422, 248, 297,
     23, 213, 130, 466,  22, 217, 283,  70, 294, 360, 419, 127,
    312, 377,   7, 468, 194,   2, 117, 295, 463, 258, 224, 447,
    247, 187,  80, 398, 284, 353, 105, 390, 299, 471, 470, 184,
     57, 200, 348,  63, 204, 188,  33, 451,  97,  30, 310, 219,
     94, 160, 129, 493,  64, 179, 263, 102, 189, 207, 114, 402,
    438, 477, 387, 122, 192,  42, 381,   5, 145, 118, 180, 449,
    293, 323, 136, 380,  43,  66,  60, 455, 341, 445, 202, 432,
      8, 237,  15, 376, 436, 464,  59, 461,
};

/* TS 35.202, annex A: the subkeys of the eight rounds */
typedef struct Kasumi {
    uint16_t kl1[8], kl2[8];
    uint16_t ko1[8], ko2[8], ko3[8];
    uint16_t ki1[8], ki2[8], ki3[8];
} Kasumi;

static uint16_t rotate(uint16_t x, int n)
{
    return x << n | x >> (16 - n);
}

/* Section 4.6; @mask is what each byte of the key is modified by */
static void set_key(Kasumi *kasumi, const uint8_t *bytes, uint8_t mask)
{
    static const uint16_t constants[8] = {
        0x0123, 0x4567, 0x89ab, 0xcdef, 0xfedc, 0xba98, 0x7654, 0x3210,
    };
    uint16_t k[8], other[8];

    for (int i = 0; i < 8; i++) {
        k[i] = lduw_be_p(bytes + 2 * i) ^ mask * 0x101;
        other[i] = k[i] ^ constants[i];
    }
    for (int i = 0; i < 8; i++) {
        kasumi->kl1[i] = rotate(k[i], 1);
        kasumi->kl2[i] = other[(i + 2) % 8];
        kasumi->ko1[i] = rotate(k[(i + 1) % 8], 5);
        kasumi->ko2[i] = rotate(k[(i + 5) % 8], 8);
        kasumi->ko3[i] = rotate(k[(i + 6) % 8], 13);
        kasumi->ki1[i] = other[(i + 4) % 8];
        kasumi->ki2[i] = other[(i + 3) % 8];
        kasumi->ki3[i] = other[(i + 7) % 8];
    }
}

/* Section 4.4 */
static uint16_t apply_fi(uint16_t x, uint16_t key)
{
    uint16_t nine = x >> 7, seven = x & 0x7f;

    for (int i = 0; i < 2; i++) {
        nine = s9[nine] ^ seven;
        seven = s7[seven] ^ (nine & 0x7f);
        if (i == 0) {
            nine ^= key & 0x1ff;
            seven ^= key >> 9;
        }
    }
    return seven << 9 | nine;
}

/* Section 4.3 */
static uint32_t apply_fo(const Kasumi *kasumi, int round, uint32_t x)
{
    uint16_t left = x >> 16, right = x;

    left = apply_fi(left ^ kasumi->ko1[round], kasumi->ki1[round]) ^ right;
    right = apply_fi(right ^ kasumi->ko2[round], kasumi->ki2[round]) ^ left;
    left = apply_fi(left ^ kasumi->ko3[round], kasumi->ki3[round]) ^ right;
    return (uint32_t)right << 16 | left;
}

/* Section 4.2 */
static uint32_t apply_fl(const Kasumi *kasumi, int round, uint32_t x)
{
    uint16_t left = x >> 16, right = x;

    right ^= rotate(left & kasumi->kl1[round], 1);
    left ^= rotate(right | kasumi->kl2[round], 1);
    return (uint32_t)left << 16 | right;
}

/* Section 3 */
static uint64_t encipher(const Kasumi *kasumi, uint64_t block)
{
    uint32_t left = block >> 32, right = block;

    for (int i = 0; i < 8; i += 2) {
        right ^= apply_fo(kasumi, i, apply_fl(kasumi, i, left));
        left ^= apply_fl(kasumi, i + 1, apply_fo(kasumi, i + 1, right));
    }
    return (uint64_t)left << 32 | right;
}

/* TS 35.201, section 3 */
void kasumi_f8(const uint8_t *key, const uint8_t *vector, size_t len,
               uint8_t *dst, const uint8_t *src)
{
    Kasumi kasumi;
    uint64_t start, stream = 0;

    set_key(&kasumi, key, 0x55);
    start = encipher(&kasumi, ldq_be_p(vector));
    set_key(&kasumi, key, 0);
    for (size_t i = 0; i < len; i++) {
        if (i % 8 == 0) {
            stream = encipher(&kasumi, start ^ i / 8 ^ stream);
        }
        dst[i] = src[i] ^ stream >> (56 - i % 8 * 8);
    }
}

/* Section 4; zeros that are left out at the end of the source are no matter. */
void kasumi_f9(const uint8_t *key, size_t len, uint8_t *mac,
               const uint8_t *src)
{
    Kasumi kasumi;
    uint64_t a = 0, b = 0;

    set_key(&kasumi, key, 0);
    for (size_t i = 0; i < len; i += 8) {
        uint64_t block = 0;

        for (size_t j = 0; j < 8; j++) {
            block = block << 8 | (i + j < len ? src[i + j] : 0);
        }
        a = encipher(&kasumi, a ^ block);
        b ^= a;
    }
    set_key(&kasumi, key, 0xaa);
    stl_be_p(mac, encipher(&kasumi, b) >> 32);
}

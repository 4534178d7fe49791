/*
 * The guest's RAM, for devices that take no other memory
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "hw/virtio/virtio-ram.h"
#include "qemu/rcu.h"

/* A piece of RAM that is contiguous in guest-physical and in host memory */
typedef struct RamRange {
    hwaddr start;
    MemoryRegionCache cache;
} RamRange;

/**
 * VirtIORamTable:
 * @n: how many ranges there are
 * @largest: the index of the longest of them, where most addresses lie; 0 if
 *           there are none
 * @ranges: by ascending addresses, and one of no length behind them
 *
 * A snapshot of the guest's memory map.
 */
typedef struct VirtIORamTable {
    struct rcu_head rcu;
    unsigned int n;
    unsigned int largest;
    RamRange ranges[];
} VirtIORamTable;

/**
 * VirtIORam:
 * @listener: follows changes of the memory map
 * @found: during such a change, the sections that can be accessed or at least
 *         read directly
 * @table: the latest snapshot; protected by RCU
 */
struct VirtIORam {
    MemoryListener listener;
    GArray *found;
    VirtIORamTable *table;
};

typedef struct Section {
    hwaddr start;
    hwaddr len;
    bool writable;
} Section;

static void free_table(VirtIORamTable *table)
{
    for (unsigned int i = 0; i < table->n; i++) {
        address_space_cache_destroy(&table->ranges[i].cache);
    }
    g_free(table);
}

static void begin(MemoryListener *listener)
{
    VirtIORam *ram = container_of(listener, VirtIORam, listener);

    g_array_set_size(ram->found, 0);
}

/* Whether there is host memory to read from, or to write to */
static bool can_access(const MemoryRegionSection *section, bool is_write)
{
    return memory_access_is_direct(section->mr, is_write,
                                   MEMTXATTRS_UNSPECIFIED);
}

static void add_section(MemoryListener *listener, MemoryRegionSection *section)
{
    VirtIORam *ram = container_of(listener, VirtIORam, listener);

    if (can_access(section, false)) {
        Section s = {
            .start = section->offset_within_address_space,
            .len = int128_get64(section->size),
            .writable = can_access(section, true),
        };

        g_array_append_val(ram->found, s);
    }
}

static void add_range(VirtIORamTable *table, AddressSpace *as,
                      const Section *section)
{
    RamRange *range = &table->ranges[table->n];

    range->start = section->start;
    address_space_cache_init(&range->cache, as, section->start, section->len,
                             section->writable);
    if (!range->cache.ptr) {
        address_space_cache_destroy(&range->cache);
        *range = (RamRange) { };
        return;
    }
    if (range->cache.len > table->ranges[table->largest].cache.len) {
        table->largest = table->n;
    }
    table->n++;
}

static void commit(MemoryListener *listener)
{
    VirtIORam *ram = container_of(listener, VirtIORam, listener);
    VirtIORamTable *old = ram->table;
    VirtIORamTable *new =
        g_malloc0(sizeof(*new) +
                  (ram->found->len + 1) * sizeof(new->ranges[0]));

    for (guint i = 0; i < ram->found->len; i++) {
        add_range(new, listener->address_space,
                  &g_array_index(ram->found, Section, i));
    }
    qatomic_rcu_set(&ram->table, new);
    if (old) {
        call_rcu(old, free_table, rcu);
    }
}

VirtIORam *virtio_ram_new(AddressSpace *as)
{
    VirtIORam *ram = g_new0(VirtIORam, 1);

    ram->found = g_array_new(false, false, sizeof(Section));
    ram->listener = (MemoryListener) {
        .name = "virtio-ram",
        .priority = MEMORY_LISTENER_PRIORITY_DEV_BACKEND,
        .begin = begin,
        .region_add = add_section,
        .region_nop = add_section,
        .commit = commit,
    };
    memory_listener_register(&ram->listener, as);
    return ram;
}

void virtio_ram_free(VirtIORam *ram)
{
    if (ram) {
        memory_listener_unregister(&ram->listener);
        call_rcu(ram->table, free_table, rcu);
        g_array_unref(ram->found);
        g_free(ram);
    }
}

static bool has_address(const RamRange *range, hwaddr addr)
{
    return addr >= range->start && addr - range->start < range->cache.len;
}

static RamRange *search_ranges(VirtIORamTable *table, hwaddr addr)
{
    unsigned int low = 0;
    unsigned int high = table->n;

    while (low < high) {
        unsigned int middle = (low + high) / 2;
        RamRange *range = &table->ranges[middle];

        if (has_address(range, addr)) {
            return range;
        }
        if (addr < range->start) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

/* Find the range that an address lies in, or NULL. */
static inline RamRange *find_range(VirtIORam *ram, hwaddr addr)
{
    VirtIORamTable *table = qatomic_rcu_read(&ram->table);
    RamRange *largest = &table->ranges[table->largest];

    return likely(has_address(largest, addr)) ? largest
                                              : search_ranges(table, addr);
}

void *virtio_ram_find(VirtIORam *ram, hwaddr addr, hwaddr *len, bool is_write)
{
    RamRange *range = find_range(ram, addr);
    hwaddr offset;

    if (!range || (is_write && !range->cache.is_write)) {
        return NULL;
    }
    offset = addr - range->start;
    *len = MIN(*len, range->cache.len - offset);
    return (uint8_t *)range->cache.ptr + offset;
}

int64_t virtio_ram_cache(VirtIORam *ram, MemoryRegionCache *cache,
                         hwaddr addr, hwaddr len)
{
    address_space_cache_init_empty(cache);
    cache->ptr = virtio_ram_find(ram, addr, &len, false);
    cache->len = cache->ptr ? len : 0;
    return cache->len;
}

/*
 * The memory map may have changed since the address was looked up.  Then the
 * guest has unplugged or moved memory that a request was using: the dirty bits
 * may miss the write, at the guest's own risk.
 */
void virtio_ram_set_dirty(VirtIORam *ram, hwaddr addr, hwaddr len)
{
    RamRange *range = find_range(ram, addr);

    if (range && range->cache.is_write && len) {
        hwaddr offset = addr - range->start;

        address_space_cache_invalidate(&range->cache, offset,
                                       MIN(len, range->cache.len - offset));
    }
}

static void ref_memory(const struct iovec *iov, unsigned int n)
{
    for (unsigned int i = 0; i < n; i++) {
        ram_addr_t offset;

        memory_region_ref(memory_region_from_host(iov[i].iov_base, &offset));
    }
}

static void unref_memory(const struct iovec *iov, unsigned int n)
{
    for (unsigned int i = 0; i < n; i++) {
        ram_addr_t offset;

        memory_region_unref(memory_region_from_host(iov[i].iov_base, &offset));
    }
}

void virtio_ram_hold(const VirtQueueElement *elem)
{
    ref_memory(elem->out_sg, elem->out_num);
    ref_memory(elem->in_sg, elem->in_num);
}

void virtio_ram_release(const VirtQueueElement *elem)
{
    unref_memory(elem->out_sg, elem->out_num);
    unref_memory(elem->in_sg, elem->in_num);
}

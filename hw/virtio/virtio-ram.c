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
 * RamTable:
 * @largest: the longest range that can be written to
 * @n: how many ranges there are
 * @ranges: by ascending addresses
 *
 * A snapshot of the guest's memory map.
 */
typedef struct RamTable {
    struct rcu_head rcu;
    VirtIORamRange largest;
    unsigned int n;
    RamRange ranges[];
} RamTable;

/**
 * RamListener:
 * @ram: has the latest snapshot
 * @listener: follows changes of the memory map
 * @found: during such a change, the sections that can be accessed or at least
 *         read directly
 */
typedef struct RamListener {
    VirtIORam ram;
    MemoryListener listener;
    GArray *found;
} RamListener;

typedef struct Section {
    hwaddr start;
    hwaddr len;
    bool writable;
} Section;

static RamTable *table_of(const VirtIORamRange *largest)
{
    return container_of(largest, RamTable, largest);
}

static void free_table(RamTable *table)
{
    for (unsigned int i = 0; i < table->n; i++) {
        address_space_cache_destroy(&table->ranges[i].cache);
    }
    g_free(table);
}

static void begin(MemoryListener *listener)
{
    RamListener *ram = container_of(listener, RamListener, listener);

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
    RamListener *ram = container_of(listener, RamListener, listener);

    if (can_access(section, false)) {
        Section s = {
            .start = section->offset_within_address_space,
            .len = int128_get64(section->size),
            .writable = can_access(section, true),
        };

        g_array_append_val(ram->found, s);
    }
}

static void add_range(RamTable *table, AddressSpace *as,
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
    if (section->writable && range->cache.len > table->largest.len) {
        table->largest = (VirtIORamRange) {
            .start = range->start,
            .len = range->cache.len,
            .bytes = range->cache.ptr,
            .region = range->cache.mrs.mr,
        };
    }
    table->n++;
}

static void commit(MemoryListener *listener)
{
    RamListener *ram = container_of(listener, RamListener, listener);
    const VirtIORamRange *old = ram->ram.largest;
    RamTable *new =
        g_malloc0(sizeof(*new) + ram->found->len * sizeof(new->ranges[0]));

    for (guint i = 0; i < ram->found->len; i++) {
        add_range(new, listener->address_space,
                  &g_array_index(ram->found, Section, i));
    }
    qatomic_rcu_set(&ram->ram.largest, &new->largest);
    if (old) {
        call_rcu(table_of(old), free_table, rcu);
    }
}

VirtIORam *virtio_ram_new(AddressSpace *as)
{
    RamListener *ram = g_new0(RamListener, 1);

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
    return &ram->ram;
}

void virtio_ram_free(VirtIORam *parent)
{
    if (parent) {
        RamListener *ram = container_of(parent, RamListener, ram);

        memory_listener_unregister(&ram->listener);
        call_rcu(table_of(parent->largest), free_table, rcu);
        g_array_unref(ram->found);
        g_free(ram);
    }
}

static bool has_address(const RamRange *range, hwaddr addr)
{
    return addr >= range->start && addr - range->start < range->cache.len;
}

/* Find the range that an address lies in, or NULL. */
static RamRange *find_range(VirtIORam *ram, hwaddr addr)
{
    RamTable *table = table_of(qatomic_rcu_read(&ram->largest));
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
    cache->ptr = virtio_ram_find_soon(ram, addr, len) ?:
                 virtio_ram_find(ram, addr, &len, false);
    cache->len = cache->ptr ? len : 0;
    return cache->len;
}

/*
 * The memory map may have changed since the address was looked up.  Then the
 * guest has unplugged or moved memory that a request was using: the dirty bits
 * may miss the write, at the guest's own risk.
 */
void virtio_ram_log_write(VirtIORam *ram, hwaddr addr, hwaddr len)
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

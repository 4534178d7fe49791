#include "trace/trace-hw_virtio_crypto.h"

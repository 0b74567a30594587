#!/usr/bin/env python3
# make-sealed.py FILE - a sealed file, made by another program than Kilter from the description at
# the top of src/seal/kilter-seal.c: what the test opens.
# SPDX-License-Identifier: GPL-3.0-or-later
import ctypes, struct, sys

s = ctypes.CDLL("libsodium.so.23")
s.sodium_init()
buf = ctypes.create_string_buffer
plain = b"Kilter " * 12000
password, salt, memory = b"correct horse", bytes(range(16)), 8192
keys = buf(64)
s.crypto_pwhash(keys, ctypes.c_ulonglong(64), password, ctypes.c_ulonglong(len(password)), salt,
                ctypes.c_ulonglong(1), ctypes.c_size_t(memory * 1024), ctypes.c_int(2))
state, stream = buf(52), buf(24)
s.crypto_secretstream_xchacha20poly1305_init_push(state, stream, keys.raw[:32])
head = b"KILTSEAL" + struct.pack("<III", 1, 1, memory) + salt + struct.pack("<Q", len(plain)) + stream.raw
mac = buf(32)
s.crypto_generichash(mac, ctypes.c_size_t(32), head, ctypes.c_ulonglong(len(head)), keys.raw[32:],
                     ctypes.c_size_t(32))
head += mac.raw
out = head
chunks = [plain[i:i + 65536] for i in range(0, len(plain), 65536)]
for i, chunk in enumerate(chunks):
    sealed = buf(len(chunk) + 17)
    s.crypto_secretstream_xchacha20poly1305_push(
        state, sealed, None, chunk, ctypes.c_ulonglong(len(chunk)), head, ctypes.c_ulonglong(100),
        ctypes.c_ubyte(3 if i + 1 == len(chunks) else 0))
    out += sealed.raw
open(sys.argv[1], "wb").write(out)

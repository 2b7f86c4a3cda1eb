#!/usr/bin/env python3
"""Prints signatures.tsv: known answers for WebhookVerifierTest, computed by Python's hmac.

Columns: the secret, the time, the body in base64, the signature. All values are invented.
Run: python3 signatures.py > signatures.tsv
"""
import base64
import hashlib
import hmac

SECRETS = ["wbhsec_3f1c2a9e-0000-4000-8000-5d2b7e6a9c10", "wbhsec_second-with-umlaut-\u00e4"]
BODIES = [
    b"",
    b"{}",
    '{"data":{"type":"event","id":"evt_1","attributes":{"name":"inquiry.approved",'
    '"created-at":"2026-01-28T10:15:30.000Z","payload":{"data":null}}}}'.encode(),
    '{"data":{"type":"event","id":"evt_2","attributes":{"name":"inquiry.approved",'
    '"createdAt":"2026-01-28T10:15:30.000Z","payload":{"data":null}}}}'.encode(),
    '{"data":{"type":"event","id":"evt_3","attributes":{"name":"inquiry.approved",'
    '"created_at":"2026-01-28T10:15:30.000Z","payload":{"data":null}}}}'.encode(),
    '{"name": "\u00c4da \U0001f600",\r\n  "slash": "\\/"}\n'.encode(),
    bytes(range(256)),
]
TIMES = [0, 1764000000, 4102444800]

for secret in SECRETS:
    for time in TIMES:
        for body in BODIES:
            signed = str(time).encode() + b"." + body
            signature = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
            print(secret, time, base64.b64encode(body).decode(), signature, sep="\t")

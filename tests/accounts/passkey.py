"""A key that lives in the test: it makes and signs what a phone or a security key would."""

import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

ORIGIN = "https://testserver"
PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Passkey:
    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.handle = b""

    def register(self, options: dict[str, Any]) -> str:
        """Answer `creation_options`, as the page's program sends it."""
        public = options["publicKey"]
        self.handle = websafe_decode(public["user"]["id"])
        cose = ES256.from_cryptography_key(self.private.public_key())
        attested = AttestedCredentialData.create(Aaguid.NONE, self.id, cose)
        data = AuthenticatorData.create(
            sha256(public["rp"]["id"].encode()), PRESENT_AND_VERIFIED | AuthenticatorData.FLAG.AT, 0, attested
        )
        client = self._client_data("webauthn.create", public["challenge"])
        response = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._answer(response, {"credProps": {"rk": True}})

    def authenticate(self, options: dict[str, Any], *, handle: bytes | None = None) -> str:
        """Answer `request_options`; `handle` names another account than the key's own."""
        public = options["publicKey"]
        data = AuthenticatorData.create(sha256(public["rpId"].encode()), PRESENT_AND_VERIFIED, 1)
        client = self._client_data("webauthn.get", public["challenge"])
        signature = self.private.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": websafe_encode(handle or self.handle),
        }
        return self._answer(response, {})

    @staticmethod
    def _client_data(kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(type=kind, challenge=challenge, origin=ORIGIN)

    def _answer(self, response: dict[str, str], results: dict[str, Any]) -> str:
        credential_id = websafe_encode(self.id)
        return json.dumps(
            {
                "id": credential_id,
                "rawId": credential_id,
                "type": "public-key",
                "authenticatorAttachment": "platform",
                "response": response,
                "clientExtensionResults": results,
            }
        )

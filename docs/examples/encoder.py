"""Encrypts one plain file and uploads it; run again after any failure, it goes on.

python3 encoder.py PLAIN SEALED CERTIFICATE URL SESSION
python3 encoder.py ExportData.zip ExportData.dat recipient.cer http://127.0.0.1:8080/files <guid>
"""
import base64, hashlib, http.client, os, secrets, struct, sys, time
from urllib.parse import urljoin, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

CHUNK = 512 * 1024
FILE_TYPES = {".dat": "OrganizationFile", ".pat": "PatientFile", ".rpt": "ReportFile"}
TRY_AGAIN = {0, 408, 409, 423, 425, 429, 460}  # 0: no answer; 5xx too


def seal(plain, sealed, certificate):
    with open(certificate, "rb") as file:
        data = file.read()
    pem = data.startswith(b"-----BEGIN")
    recipient = x509.load_pem_x509_certificate(data) if pem else x509.load_der_x509_certificate(data)
    key, iv = secrets.token_bytes(32), secrets.token_bytes(16)  # new ones for every file
    wrapped = recipient.public_key().encrypt(
        key, OAEP(mgf=MGF1(hashes.SHA512()), algorithm=hashes.SHA512(), label=None)
    )
    extension = base64.b64encode(b"xps" if sealed.endswith(".rpt") else b"zip")  # of the plain file
    pad = padding.PKCS7(128).padder()
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    with open(plain, "rb") as source, open(sealed + ".partial", "wb") as target:
        target.write(struct.pack("<III", len(wrapped), len(iv), len(extension)))  # little-endian
        target.write(wrapped + iv + extension)
        while piece := source.read(65536):
            target.write(cipher.update(pad.update(piece)))
        target.write(cipher.update(pad.finalize()) + cipher.finalize())  # the last block
    os.replace(sealed + ".partial", sealed)  # a file under its final name is complete


def request(method, url, headers, body=None):
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=60)
    try:
        target = parts.path + ("?" + parts.query if parts.query else "")
        connection.request(method, target, body, {"Tus-Resumable": "1.0.0", **headers})
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers
    except (OSError, http.client.HTTPException):
        return 0, {}
    finally:
        connection.close()


def create(sealed, url, session):
    name = os.path.basename(sealed)
    fields = {"name": name, "contentType": "application/octet-stream",
              "FileType": FILE_TYPES[os.path.splitext(name)[1]], "SessionId": session}
    metadata = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in fields.items())
    headers = {"Upload-Length": str(os.path.getsize(sealed)), "Upload-Metadata": metadata}
    status, answer = request("POST", url, headers)
    if status != 201:
        sys.exit(f"POST {url}: {status or 'no answer'}")
    return urljoin(url, answer["Location"])


def send(sealed, upload, offset):
    with open(sealed, "rb") as file:
        file.seek(offset)
        chunk = file.read(CHUNK)
    checksum = base64.b64encode(hashlib.sha1(chunk).digest()).decode()
    headers = {"Upload-Offset": str(offset), "Upload-Checksum": "sha1 " + checksum,
               "Content-Type": "application/offset+octet-stream"}
    return request("PATCH", upload, headers, chunk)


def main(plain, sealed, certificate, url, session):
    if not os.path.exists(sealed):  # never sealed twice: the bytes would be others
        seal(plain, sealed, certificate)
    memory, offset, tries = sealed + ".upload", 0, 0
    if os.path.exists(memory):
        upload, offset = open(memory).read(), None  # only the server knows the offset
    else:
        upload = create(sealed, url, session)
        with open(memory, "w") as file:
            file.write(upload)
    size, highest = os.path.getsize(sealed), 0
    while offset != size:
        asks = offset is None
        status, answer = request("HEAD", upload, {}) if asks else send(sealed, upload, offset)
        told = answer.get("Upload-Offset", "") if status == (200 if asks else 204) else ""
        least, most = (0, size) if asks else (offset + 1, min(offset + CHUNK, size))
        if told.isdigit() and least <= int(told) <= most:
            offset = int(told)
            if offset > highest:
                highest, tries = offset, 0
            continue
        tries, offset = tries + 1, None  # in doubt: ask before sending anything
        if tries > 9 or not (status in TRY_AGAIN or status in (200, 204) or status >= 500):
            gone = f"; remove {memory} to begin anew" if status in (404, 410) else ""
            sys.exit(f"{'HEAD' if asks else 'PATCH'} {upload}: {status or 'no answer'}{gone}")
        time.sleep(min(30, 0.25 * 2 ** tries))
    print("uploaded", sealed, "as", upload)


main(*sys.argv[1:])

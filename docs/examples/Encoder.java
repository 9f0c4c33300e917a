// Encrypts one plain file and uploads it; run again after any failure, it goes on. JDK 17, nothing else.
//
// java Encoder.java PLAIN SEALED CERTIFICATE URL SESSION
// java Encoder.java ExportData.zip ExportData.dat recipient.cer http://127.0.0.1:8080/files <guid>
import java.io.*;
import java.net.URI;
import java.net.http.*;
import java.nio.*;
import java.nio.file.*;
import java.security.*;
import java.security.cert.CertificateFactory;
import java.security.spec.MGF1ParameterSpec;
import java.time.Duration;
import java.util.*;
import javax.crypto.*;
import javax.crypto.spec.*;

public class Encoder {
    static final int CHUNK = 512 * 1024;
    static final Map<String, String> FILE_TYPES =
        Map.of("dat", "OrganizationFile", "pat", "PatientFile", "rpt", "ReportFile");
    static final Set<Integer> TRY_AGAIN = Set.of(0, 408, 409, 423, 425, 429, 460); // 0: no answer; 5xx too
    static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    record Answer(int status, HttpHeaders headers) {
        String header(String name) { return headers.firstValue(name).orElseThrow(); }
    }

    static String base64(String text) { return Base64.getEncoder().encodeToString(text.getBytes()); }

    static String extensionOf(Path file) {
        return file.toString().substring(file.toString().lastIndexOf('.') + 1);
    }

    static void seal(Path plain, Path sealed, Path certificate) throws Exception {
        PublicKey recipient;
        try (InputStream in = Files.newInputStream(certificate)) {
            recipient = CertificateFactory.getInstance("X.509").generateCertificate(in).getPublicKey();
        }
        byte[] key = new byte[32], iv = new byte[16]; // new ones for every file
        new SecureRandom().nextBytes(key);
        new SecureRandom().nextBytes(iv);
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        // The parameters have to be given: Java's own choice is MGF1 with SHA-1, which nobody can open.
        rsa.init(Cipher.ENCRYPT_MODE, recipient, new OAEPParameterSpec(
            "SHA-512", "MGF1", MGF1ParameterSpec.SHA512, PSource.PSpecified.DEFAULT));
        byte[] wrapped = rsa.doFinal(key);
        byte[] extension = base64(extensionOf(sealed).equals("rpt") ? "xps" : "zip").getBytes();
        Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding"); // Java's name for PKCS#7
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        Path partial = Path.of(sealed + ".partial");
        try (OutputStream target = Files.newOutputStream(partial)) {
            // DataOutputStream would write the lengths big-endian.
            ByteBuffer lengths = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
            lengths.putInt(wrapped.length).putInt(iv.length).putInt(extension.length);
            for (byte[] field : List.of(lengths.array(), wrapped, iv, extension)) target.write(field);
            try (CipherOutputStream cipher = new CipherOutputStream(target, aes)) { // writes the last block
                Files.copy(plain, cipher);
            }
        }
        Files.move(partial, sealed); // a file under its final name is complete
    }

    static Answer request(String method, URI url, byte[] body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(60))
            .header("Tus-Resumable", "1.0.0").method(method, body == null
                ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) request.headers(headers);
        try {
            var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding());
            return new Answer(answer.statusCode(), answer.headers());
        } catch (IOException error) {
            return new Answer(0, null);
        }
    }

    static URI create(Path sealed, URI url, String session) throws Exception {
        String metadata = "name " + base64(sealed.getFileName().toString())
            + ",contentType " + base64("application/octet-stream")
            + ",FileType " + base64(FILE_TYPES.get(extensionOf(sealed))) + ",SessionId " + base64(session);
        Answer answer = request("POST", url, null,
            "Upload-Length", String.valueOf(Files.size(sealed)), "Upload-Metadata", metadata);
        if (answer.status() != 201) throw new IOException("POST " + url + ": " + answer.status());
        return url.resolve(answer.header("Location"));
    }

    static Answer send(Path sealed, URI upload, long offset) throws Exception {
        byte[] chunk;
        try (InputStream in = Files.newInputStream(sealed)) {
            in.skipNBytes(offset);
            chunk = in.readNBytes(CHUNK);
        }
        byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(chunk);
        return request("PATCH", upload, chunk, "Upload-Offset", String.valueOf(offset),
            "Upload-Checksum", "sha1 " + Base64.getEncoder().encodeToString(sha1),
            "Content-Type", "application/offset+octet-stream");
    }

    public static void main(String[] given) throws Exception {
        Path sealed = Path.of(given[1]), memory = Path.of(given[1] + ".upload");
        if (!Files.exists(sealed)) seal(Path.of(given[0]), sealed, Path.of(given[2])); // never twice
        long offset = Files.exists(memory) ? -1 : 0; // -1: only the server knows
        URI upload = offset < 0 ? URI.create(Files.readString(memory))
            : create(sealed, URI.create(given[3]), given[4]);
        Files.writeString(memory, upload.toString());
        long size = Files.size(sealed), highest = 0;
        for (int tries = 0; offset != size;) {
            boolean asks = offset < 0;
            Answer answer = asks ? request("HEAD", upload, null) : send(sealed, upload, offset);
            boolean good = answer.status() == (asks ? 200 : 204);
            long told = good ? answer.headers().firstValueAsLong("Upload-Offset").orElse(-1) : -1;
            long least = asks ? 0 : offset + 1, most = asks ? size : Math.min(offset + CHUNK, size);
            if (told >= least && told <= most) {
                offset = told;
                if (offset > highest) {
                    highest = offset;
                    tries = 0;
                }
                continue;
            }
            offset = -1; // in doubt: ask before sending anything
            boolean passing = good || TRY_AGAIN.contains(answer.status()) || answer.status() >= 500;
            boolean gone = answer.status() == 404 || answer.status() == 410;
            if (++tries > 9 || !passing) {
                throw new IOException((asks ? "HEAD " : "PATCH ") + upload + ": " + answer.status()
                    + (gone ? "; remove " + memory + " to begin anew" : ""));
            }
            Thread.sleep(Math.min(30_000L, 250L << tries));
        }
        System.out.println("uploaded " + sealed + " as " + upload);
    }
}

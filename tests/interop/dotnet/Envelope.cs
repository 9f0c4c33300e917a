using System;
using System.Buffers.Binary;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sfmkit.Interop;

/// <summary>
/// The encrypted file of the SFM migration format on the platform that NHN uses. Written from the
/// published description of the layout, apart from the C++ code that it is an oracle for.
/// </summary>
internal static class Envelope
{
    private const int LengthBytes = sizeof(int);
    private const int KeyBits = 256;

    public static void Encrypt(string input, string output, string certificateFile, string extension)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(certificateFile);
        using RSA rsa = certificate.GetRSAPublicKey()
            ?? throw new CryptographicException("the certificate has no RSA key");
        using Aes aes = NewAes();
        aes.GenerateKey();
        aes.GenerateIV();
        byte[] wrappedKey = rsa.Encrypt(aes.Key, RSAEncryptionPadding.OaepSHA512);
        byte[] extensionField =
            Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(extension)));

        using FileStream target = File.Create(output);
        WriteLength(target, wrappedKey.Length);
        WriteLength(target, aes.IV.Length);
        WriteLength(target, extensionField.Length);
        target.Write(wrappedKey);
        target.Write(aes.IV);
        target.Write(extensionField);
        using FileStream source = File.OpenRead(input);
        using ICryptoTransform transform = aes.CreateEncryptor();
        using var cipher = new CryptoStream(target, transform, CryptoStreamMode.Write);
        source.CopyTo(cipher);
    }

    public static void Decrypt(string input, string output, string keyFile, string extension)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(File.ReadAllText(keyFile));
        using FileStream source = File.OpenRead(input);
        int wrappedKeyLength = ReadLength(source);
        int ivLength = ReadLength(source);
        int extensionLength = ReadLength(source);
        byte[] wrappedKey = Read(source, wrappedKeyLength);
        byte[] iv = Read(source, ivLength);
        byte[] extensionField = Read(source, extensionLength);
        string found = Encoding.UTF8.GetString(
            Convert.FromBase64String(Encoding.ASCII.GetString(extensionField)));
        if (found != extension)
        {
            throw new InvalidDataException($"extension {found}, expected {extension}");
        }

        using Aes aes = NewAes();
        aes.Key = rsa.Decrypt(wrappedKey, RSAEncryptionPadding.OaepSHA512);
        aes.IV = iv;
        using ICryptoTransform transform = aes.CreateDecryptor();
        using var plain = new CryptoStream(source, transform, CryptoStreamMode.Read);
        using FileStream target = File.Create(output);
        plain.CopyTo(target);
    }

    private static Aes NewAes()
    {
        Aes aes = Aes.Create();
        aes.KeySize = KeyBits;
        aes.Mode = CipherMode.CBC;
        aes.Padding = PaddingMode.PKCS7;
        return aes;
    }

    private static void WriteLength(Stream target, int length)
    {
        Span<byte> bytes = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        target.Write(bytes);
    }

    private static int ReadLength(Stream source)
    {
        return BinaryPrimitives.ReadInt32LittleEndian(Read(source, LengthBytes));
    }

    private static byte[] Read(Stream source, int count)
    {
        byte[] bytes = new byte[count];
        source.ReadExactly(bytes);
        return bytes;
    }
}

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Conclude.Api.Idempotency;

/// <summary>
/// Keeps a body so that only who repeats the request can read it: compressed, then AES-256-GCM under a key made of the idempotency key
/// (HKDF-SHA256), of which the store has the hash alone. Layout: nonce, tag, text; base64.
/// </summary>
internal static class AnswerSeal
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    private static readonly byte[] Purpose = "conclude idempotent answer"u8.ToArray();

    public static string Seal(ReadOnlySpan<byte> body, string key, string workspace)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(body);
        }

        var plain = packed.GetBuffer().AsSpan(0, (int)packed.Length);
        var all = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = all.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(Derive(key, workspace), TagBytes);
        aes.Encrypt(nonce, plain, all.AsSpan(NonceBytes + TagBytes), all.AsSpan(NonceBytes, TagBytes));
        return Convert.ToBase64String(all);
    }

    public static byte[] Open(string kept, string key, string workspace)
    {
        var all = Convert.FromBase64String(kept);
        var plain = new byte[all.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(Derive(key, workspace), TagBytes);
        aes.Decrypt(all.AsSpan(0, NonceBytes), all.AsSpan(NonceBytes + TagBytes), all.AsSpan(NonceBytes, TagBytes), plain);
        using var brotli = new BrotliStream(new MemoryStream(plain), CompressionMode.Decompress);
        using var body = new MemoryStream();
        brotli.CopyTo(body);
        return body.ToArray();
    }

    private static byte[] Derive(string key, string workspace) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key), KeyBytes, Encoding.UTF8.GetBytes(workspace), Purpose);
}

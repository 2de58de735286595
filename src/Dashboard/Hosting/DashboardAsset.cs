using System.IO.Compression;
using System.Security.Cryptography;

namespace Conclude.Dashboard.Hosting;

/// <summary>One file for the browser, held in memory with its Brotli form when that is smaller to send.</summary>
internal sealed class DashboardAsset(string contentType, byte[] content)
{
    private readonly Lazy<byte[]> _brotli = new(() => Compress(content));

    public string ContentType { get; } = contentType;

    public byte[] Content { get; } = content;

    public byte[] Brotli => _brotli.Value;

    public bool Compressible { get; } = !contentType.StartsWith("font/", StringComparison.Ordinal);

    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(content))[..16];

    private static byte[] Compress(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            brotli.Write(content);
        }

        return packed.ToArray();
    }
}

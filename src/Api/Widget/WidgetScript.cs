using System.IO.Compression;
using System.Security.Cryptography;

namespace Conclude.Api.Widget;

/// <summary>The built widget; registered by the host that carries it.</summary>
public sealed class WidgetScript
{
    public WidgetScript(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Content = content;
        Etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"";
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
        {
            gzip.Write(content);
        }

        Gzip = compressed.ToArray();
    }

    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The same, compressed once.</summary>
    public ReadOnlyMemory<byte> Gzip { get; }

    public string Etag { get; }
}

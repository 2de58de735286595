using System.Buffers.Binary;
using System.Buffers.Text;
using Conclude.Ledger;

namespace Conclude.Api.Responses;

/// <summary>Writes the place of an answer in the list as opaque text: base64url over its time and id.</summary>
internal static class Cursors
{
    private const int Size = sizeof(long) + 16;

    public static string Write(ResponseCursor cursor)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, cursor.At.UtcTicks);
        cursor.PromptId.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <returns>Null when the text was not written by <see cref="Write"/>.</returns>
    public static ResponseCursor? Read(string text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (!Base64Url.IsValid(text, out var length) || length != Size || !Base64Url.TryDecodeFromChars(text, bytes, out _))
        {
            return null;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[sizeof(long)..], bigEndian: true))
            : null;
    }
}

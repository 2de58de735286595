using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Conclude.Testing.Circuits;

/// <summary>What a batch says: texts of Blazor's binary format, whose last 20 bytes say where its parts begin.</summary>
internal static class RenderBatch
{
    private const int Footer = 20;

    /// <summary>The largest number that the batch shows and that lies in a range; 0 when there is none.</summary>
    /// <param name="mark">What stands before it in its text; empty when the number is all of it.</param>
    public static long Largest(ReadOnlySpan<byte> batch, ReadOnlySpan<byte> mark, long from, long to)
    {
        var largest = 0L;
        var table = BinaryPrimitives.ReadInt32LittleEndian(batch[^4..]);
        Span<byte> digits = stackalloc byte[16];
        for (var at = table; at < batch.Length - Footer; at += sizeof(int))
        {
            var text = Text(batch[BinaryPrimitives.ReadInt32LittleEndian(batch[at..])..]).Trim(" \n"u8);
            if (!text.StartsWith(mark) || text.Length > mark.Length + digits.Length)
            {
                continue;
            }

            var length = 0;
            foreach (var digit in text[mark.Length..])
            {
                if (digit != ',')
                {
                    digits[length++] = digit;
                }
            }

            if (Utf8Parser.TryParse(digits[..length], out long number, out var read) && read == length && number >= from && number < to)
            {
                largest = Math.Max(largest, number);
            }
        }

        return largest;
    }

    /// <summary>All that a batch says: texts, names and values of attributes, markup.</summary>
    public static List<string> Texts(ReadOnlySpan<byte> batch)
    {
        List<string> texts = [];
        for (var at = BinaryPrimitives.ReadInt32LittleEndian(batch[^4..]); at < batch.Length - Footer; at += sizeof(int))
        {
            texts.Add(Encoding.UTF8.GetString(Text(batch[BinaryPrimitives.ReadInt32LittleEndian(batch[at..])..])));
        }

        return texts;
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> at)
    {
        var (length, shift, start) = (0, 0, 0);
        byte part;
        do
        {
            part = at[start++];
            length |= (part & 0x7f) << shift;
            shift += 7;
        }
        while (part >= 0x80);

        return at.Slice(start, length);
    }
}

using System.Buffers.Binary;

namespace Conclude.Ledger.Sqlite;

/// <summary>
/// Where a page of a b-tree holds nothing: between its list of cells and the first of them, and in the blocks that deleted cells left.
/// SQLite does not clear the first when it spreads rows over other pages. See "B-tree Pages" in the file format on sqlite.org.
/// </summary>
internal static class FreeSpace
{
    /// <summary>A free block's own link and size.</summary>
    private const int BlockHead = 4;

    /// <summary>The first byte of any other page is that of the number of a page, and in a file of so many pages that may look like a b-tree's.</summary>
    public const long MaxPages = 0x01FF_FFFF;

    /// <summary>Finds what is not zero there.</summary>
    /// <param name="page">What SQLite uses of a page other than the first.</param>
    /// <param name="dirty">Offsets from and up to, in the page; cleared before.</param>
    public static void Find(ReadOnlySpan<byte> page, List<(int From, int To)> dirty)
    {
        dirty.Clear();
        var head = page[0] switch { 2 or 5 => 12, 10 or 13 => 8, _ => 0 };
        if (head == 0)
        {
            return;
        }
        var from = head + (2 * Number(page, 3));
        var to = Number(page, 5) is var content and not 0 ? content : 65536;
        if (from > to || to > page.Length)
        {
            // Not a page of a b-tree, then.
            return;
        }
        Add(page, from, to, dirty);
        var after = to;
        for (var block = Number(page, 1); block != 0; block = Number(page, block))
        {
            if (block < after || block + BlockHead > page.Length || block + Number(page, block + 2) is var end && (end < block + BlockHead || end > page.Length))
            {
                dirty.Clear();
                return;
            }
            Add(page, block + BlockHead, end, dirty);
            after = end;
        }
    }

    private static void Add(ReadOnlySpan<byte> page, int from, int to, List<(int, int)> dirty)
    {
        if (page[from..to].ContainsAnyExcept((byte)0))
        {
            dirty.Add((from, to));
        }
    }

    private static int Number(ReadOnlySpan<byte> page, int at) => BinaryPrimitives.ReadUInt16BigEndian(page[at..]);
}

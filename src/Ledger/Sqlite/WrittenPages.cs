using System.Buffers.Binary;

namespace Conclude.Ledger.Sqlite;

/// <summary>Which pages stand in the write-ahead log. See "The WAL File Format" on sqlite.org.</summary>
internal sealed class WrittenPages
{
    private const int LogHead = 32;
    private const int FrameHead = 24;

    private readonly HashSet<long> _pages = [];
    private ulong? _salts;

    /// <summary>Counted from 0.</summary>
    public IReadOnlyCollection<long> Pages => _pages;

    /// <summary>Adds those of the log as it is, among them such as an older log has left in its file.</summary>
    /// <param name="below">Others are of no interest.</param>
    /// <returns>False when the log has begun anew since it was looked at, and pages may have been missed.</returns>
    public bool Add(DatabaseFile log, int pageSize, long below)
    {
        var length = log.Length();
        if (length < LogHead)
        {
            return true;
        }
        Span<byte> head = stackalloc byte[LogHead];
        log.Read(head, 0);
        var salts = BinaryPrimitives.ReadUInt64BigEndian(head[16..]);
        if (_salts is { } known && known != salts)
        {
            return false;
        }
        _salts = salts;
        for (long at = LogHead; at + FrameHead <= length; at += FrameHead + pageSize)
        {
            log.Read(head[..4], at);
            var page = BinaryPrimitives.ReadUInt32BigEndian(head) - 1L;
            if (page >= 0 && page < below)
            {
                _pages.Add(page);
            }
        }
        return true;
    }

    /// <summary>The log may begin anew from here on.</summary>
    public void Restart() => _salts = null;

    public void Clear()
    {
        _pages.Clear();
        _salts = null;
    }
}

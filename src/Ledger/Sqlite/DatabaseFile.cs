using System.Runtime.InteropServices;
using SQLitePCL;

namespace Conclude.Ledger.Sqlite;

/// <summary>
/// A file of the database through the very handle with which a connection holds it. A handle of our own would free the connection's locks
/// when it is closed: POSIX locks are the process's. See SQLITE_FCNTL_FILE_POINTER and <c>sqlite3_io_methods</c> on sqlite.org. Valid while
/// the connection is open, on the thread that uses it.
/// </summary>
internal sealed unsafe partial class DatabaseFile
{
    private const int FilePointer = 7;
    private const int JournalPointer = 28;
    private const int SyncNormal = 2;

    private readonly sqlite3 _db;
    private readonly NativeFile* _file;

    private DatabaseFile(sqlite3 db, int which)
    {
        NativeFile* file;
        Statement.Check(Control(db, "main", which, &file), db);
        _db = db;
        _file = file;
    }

    /// <summary>The file itself.</summary>
    public static DatabaseFile Main(sqlite3 db) => new(db, FilePointer);

    /// <summary>The write-ahead log, wherever it is; the connection must have read or written before.</summary>
    public static DatabaseFile Log(sqlite3 db) => new(db, JournalPointer);

    public void Read(Span<byte> into, long offset)
    {
        fixed (byte* bytes = into)
        {
            Statement.Check(_file->Methods->Read(_file, bytes, into.Length, offset), _db);
        }
    }

    public void Write(ReadOnlySpan<byte> from, long offset)
    {
        fixed (byte* bytes = from)
        {
            Statement.Check(_file->Methods->Write(_file, bytes, from.Length, offset), _db);
        }
    }

    /// <returns>0 for a file that is not there.</returns>
    public long Length()
    {
        if (_file->Methods is null)
        {
            return 0;
        }
        long length;
        Statement.Check(_file->Methods->FileSize(_file, &length), _db);
        return length;
    }

    /// <summary>Returns when what was written is on the disk.</summary>
    public void Sync() => Statement.Check(_file->Methods->Sync(_file, SyncNormal), _db);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static partial int Control(sqlite3 db, string database, int operation, void* argument);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct NativeFile
    {
        public readonly NativeMethods* Methods;
    }

    /// <summary>The beginning of <c>sqlite3_io_methods</c>, which is the same in every version.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct NativeMethods
    {
        public readonly int Version;
        public readonly delegate* unmanaged[Cdecl]<NativeFile*, int> Close;
        public readonly delegate* unmanaged[Cdecl]<NativeFile*, void*, int, long, int> Read;
        public readonly delegate* unmanaged[Cdecl]<NativeFile*, void*, int, long, int> Write;
        public readonly delegate* unmanaged[Cdecl]<NativeFile*, long, int> Truncate;
        public readonly delegate* unmanaged[Cdecl]<NativeFile*, int, int> Sync;
        public readonly delegate* unmanaged[Cdecl]<NativeFile*, long*, int> FileSize;
    }
}

namespace Conclude.Ledger;

/// <summary>Another process (or another ledger of this one) works on the data directory.</summary>
public sealed class DataDirectoryInUseException(string directory, Exception? inner = null)
    : StoreInUseException($"The data directory {directory} is in use by another Conclude process. Stop that process, or set Conclude__DataDirectory to another folder.", inner);

namespace Conclude.Silo.Bootstrap;

/// <summary>The data directory, for services.</summary>
internal sealed record DataDirectoryPath(string FullName);

using Conclude.Testing.Judging;
using Conclude.Testing.Load;

namespace Conclude.Faults.Tests.Hosting;

/// <summary>A host that the judge can look at.</summary>
internal interface IHostUnderTest
{
    IStoreUnderTest Store { get; }

    /// <summary>The end of what it printed, for whoever reads of a failure.</summary>
    string LastPrinted { get; }

    /// <summary>Everything that the judge can look at; a host on a store of one process ends with it.</summary>
    /// <returns>What is wrong.</returns>
    Task<List<string>> Judge(Journal journal);
}

using System.Collections.Immutable;

namespace Conclude.Testing.Judging;

/// <summary>The host's store, looked into from outside.</summary>
internal interface IStoreUnderTest
{
    string Kind { get; }

    /// <summary>Whether <see cref="Recount"/> needs the host to be stopped.</summary>
    bool IsOfOneProcess { get; }

    Task<List<StoredEvent>> Events();

    /// <summary>In the order of the grants.</summary>
    Task<List<StoredPrompt>> Prompts();

    /// <summary>The store's rows against everything that it keeps as a sum.</summary>
    Task<ImmutableArray<string>> Recount();

    Task Execute(string sql);
}

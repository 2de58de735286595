using System.Collections.Concurrent;

namespace Conclude.Conformance.Tests.Engine;

/// <summary>What grains saw, by grain key. Tests and grains share the process, so a static will do; keys are unique.</summary>
internal static class Journal
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> Entries = new();
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Gates = new();

    public static string NewKey() => Guid.NewGuid().ToString("N");

    public static void Write(string key, string entry) => Entries.GetOrAdd(key, static _ => new()).Enqueue(entry);

    public static string[] Of(string key) => Entries.TryGetValue(key, out var entries) ? [.. entries] : [];

    public static int Count(string key, string entry) => Of(key).Count(candidate => candidate == entry);

    /// <summary>A task that ends when the test opens the gate of that name.</summary>
    public static Task GateAsync(string name) => Gate(name).Task;

    public static void Open(string name) => Gate(name).TrySetResult();

    private static TaskCompletionSource Gate(string name) =>
        Gates.GetOrAdd(name, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

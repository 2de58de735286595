namespace Conclude.LocalEngine.Calls;

/// <summary>Brings the four shapes of an asynchronous answer into one.</summary>
internal static class Answers
{
    internal static ValueTask<T> From<T>(Task<T> task) => new(task);

    internal static ValueTask<T> From<T>(ValueTask<T> task) => task;

    internal static ValueTask<NoResult> From(Task task) => task.IsCompletedSuccessfully ? default : AwaitAsync(new ValueTask(task));

    internal static ValueTask<NoResult> From(ValueTask task) => task.IsCompletedSuccessfully ? default : AwaitAsync(task);

    private static async ValueTask<NoResult> AwaitAsync(ValueTask task)
    {
        await task;
        return default;
    }
}

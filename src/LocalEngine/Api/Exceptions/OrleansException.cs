namespace Orleans.Runtime;

/// <summary>A failure of the engine or of something it stands on, such as a grain storage.</summary>
public class OrleansException : Exception
{
    public OrleansException()
        : this("Unexpected error.")
    {
    }

    public OrleansException(string message)
        : base(message)
    {
    }

    public OrleansException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

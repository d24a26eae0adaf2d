# outcome: runtime-error
# message: RecursionError
def again():
    return again()


again()

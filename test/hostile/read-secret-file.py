# outcome: runtime-error
# message: No such file
# A file of the user's, at its true path.
text = open("{{SECRET_FILE}}").read()
import matplotlib.pyplot as plt

plt.title(text)
plt.show()

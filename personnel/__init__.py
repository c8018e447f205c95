"""Units, officers, postings and roles: who somebody is, where they serve and what they may do.

Knows nothing of laws, questions, exams or training; those apps read it and hear its announcements.

"""
